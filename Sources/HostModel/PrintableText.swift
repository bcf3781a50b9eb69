/// Text that may come from a hostile tree, made fit for a terminal, a log and a line of a snapshot.
package enum PrintableText {
  /// Writes everything but printable ASCII as `\n`, `\t`, `\\` or `\xNN`, byte by byte.
  package static func escape(_ text: String) -> String {
    text.utf8.allSatisfy(isPlain) ? text : escape(bytes: text.utf8)
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
