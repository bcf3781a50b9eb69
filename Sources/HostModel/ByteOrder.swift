/// Texts as bytes: equal, in order and hashed as such.
package enum ByteOrder {
  package static func isEqual(_ left: String, _ right: String) -> Bool {
    // Of ASCII there is only one spelling, and Swift compares its memory.
    if left.utf8Span.isKnownASCII, right.utf8Span.isKnownASCII { return left == right }
    return left.utf8.elementsEqual(right.utf8)
  }

  package static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  package static func hash(_ text: String, into hasher: inout Hasher) {
    // Spellings of one text must not share a hash either: a hostile tree could have thousands.
    guard !text.utf8Span.isKnownASCII else { return text.hash(into: &hasher) }
    for byte in text.utf8 { hasher.combine(byte) }
    // No text has this byte, so that one text is not the start of another.
    hasher.combine(0xff as UInt8)
  }
}
