/// Texts as bytes: equal, in order and hashed as such.
package enum ByteOrder {
  package static func isEqual(_ left: String, _ right: String) -> Bool {
    // Of ASCII there is only one spelling, and Swift compares its memory.
    if left.utf8Span.isKnownASCII, right.utf8Span.isKnownASCII { return left == right }
    return left.utf8.count == right.utf8.count
      && commonLength(left, right) == left.utf8.count
  }

  package static func precedes(_ left: String, _ right: String) -> Bool {
    if left.utf8Span.isKnownASCII, right.utf8Span.isKnownASCII { return left < right }
    let length = commonLength(left, right)
    let left = left.utf8Span.span
    let right = right.utf8Span.span
    guard length < right.count else { return false }
    return length == left.count || left[length] < right[length]
  }

  package static func hash(_ text: String, into hasher: inout Hasher) {
    // Spellings of one text must not share a hash either: a hostile tree could have thousands.
    guard !text.utf8Span.isKnownASCII else { return text.hash(into: &hasher) }
    for byte in text.utf8 { hasher.combine(byte) }
    // No text has this byte, so that one text is not the start of another.
    hasher.combine(0xff as UInt8)
  }

  /// How many bytes two texts have in common at their start.
  private static func commonLength(_ left: String, _ right: String) -> Int {
    let left = left.utf8Span.span
    let right = right.utf8Span.span
    let limit = min(left.count, right.count)
    var length = 0
    while length < limit, left[length] == right[length] { length += 1 }
    return length
  }
}
