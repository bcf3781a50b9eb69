/// Text that may come from a hostile tree, made fit for a terminal, a log and a line of a snapshot.
package enum PrintableText {
  /// Writes everything but printable ASCII as `\n`, `\t`, `\\` or `\xNN`, byte by byte.
  ///
  /// A character that stands for a byte of a name is written as that byte.
  package static func escape(_ text: String) -> String {
    guard !text.utf8.allSatisfy(isPlain) else { return text }
    var escaped: [UInt8] = []
    append(name: Array(text.utf8), to: &escaped)
    return String(decoding: escaped, as: UTF8.self)
  }

  /// The byte of a name that a character stands for: U+10FE00 and the byte, for each byte that is
  /// not part of a character and for each backslash.
  package static func byte(of scalar: Unicode.Scalar) -> UInt8? {
    0x10_fe00...0x10_feff ~= scalar.value ? UInt8(truncatingIfNeeded: scalar.value) : nil
  }

  /// The text of a name in which bytes were escaped, as ``escape(_:)`` writes them.
  package static func unescape(name: String) -> String {
    guard name.utf8.contains(UInt8(ascii: "\\")) else { return name }
    var text = String.UnicodeScalarView()
    var rest = name.unicodeScalars[...]
    while let first = rest.popFirst() {
      guard first == "\\" else {
        text.append(first)
        continue
      }
      var byte = UInt32(UInt8(ascii: "\\"))
      let digits = String(rest.dropFirst().prefix(2)).utf8
      if rest.first == "x", let value = Hexadecimal.parse(digits, digits: 2...2) {
        byte = UInt32(value)
        rest = rest.dropFirst(3)
      } else if rest.first == "\\" {
        rest = rest.dropFirst()
      }
      let isASCII = byte < 0x80 && byte != UInt8(ascii: "\\")
      if let scalar = Unicode.Scalar(isASCII ? byte : 0x10_fe00 + byte) { text.append(scalar) }
    }
    return String(text)
  }

  /// A file's name for a message: an empty one in quotes, since it would not be visible.
  package static func quoted(_ name: String) -> String {
    name.isEmpty ? "''" : name
  }

  /// Escapes bytes that need not be UTF-8.
  package static func escape(bytes: some Collection<UInt8>) -> String {
    var escaped: [UInt8] = []
    escaped.reserveCapacity(bytes.count + 8)
    append(bytes, to: &escaped)
    return String(decoding: escaped, as: UTF8.self)
  }

  /// The same with the bytes of a name's text, in which characters can stand for bytes.
  package static func append(name: [UInt8], to line: inout [UInt8], spaces: Bool = false) {
    var rest = name[...]
    while let first = rest.first {
      let next = rest.dropFirst().prefix(3)
      // The UTF-8 of U+10FE00 to U+10FEFF.
      if first == 0xf4, next.count == 3, next[next.startIndex] == 0x8f,
        0xb8...0xbb ~= next[next.startIndex + 1]
      {
        append([next[next.startIndex + 1] << 6 | next[next.startIndex + 2] & 0x3f], to: &line)
        rest = rest.dropFirst(4)
      } else {
        append(CollectionOfOne(first), to: &line, spaces: spaces)
        rest = rest.dropFirst()
      }
    }
  }

  /// Appends the escaped form; with `spaces` also a space is written as `\x20`.
  package static func append(
    _ bytes: some Sequence<UInt8>, to line: inout [UInt8], spaces: Bool = false
  ) {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: " ") where spaces: line += "\\x20".utf8
      case _ where isPlain(byte): line.append(byte)
      case UInt8(ascii: "\n"): line += "\\n".utf8
      case UInt8(ascii: "\t"): line += "\\t".utf8
      case UInt8(ascii: "\\"): line += "\\\\".utf8
      default: line += "\\x\(Hexadecimal.text(byte, digits: 2))".utf8
      }
    }
  }

  /// Printable ASCII other than the backslash, which starts an escape.
  private static func isPlain(_ byte: UInt8) -> Bool {
    0x20...0x7e ~= byte && byte != UInt8(ascii: "\\")
  }
}
