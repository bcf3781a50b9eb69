import HostModel

/// The escapes of a snapshot file, read back.
enum SnapshotText {
  /// Appends the bytes that a text stands for; `false` for an unknown escape or a byte that needs
  /// one.
  static func unescape(_ text: ArraySlice<UInt8>, into bytes: inout [UInt8]) -> Bool {
    var rest = text
    while true {
      let plain = rest.prefix { PrintableText.isPlain($0) }
      bytes += plain
      rest = rest[plain.endIndex...]
      guard let byte = rest.popFirst() else { return true }
      guard byte == UInt8(ascii: "\\") else { return false }
      switch rest.popFirst() {
      case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
      case UInt8(ascii: "x"):
        guard let value = Hexadecimal.parse(rest.prefix(2), digits: 2...2) else { return false }
        bytes.append(UInt8(value))
        rest = rest.dropFirst(2)
      default: return false
      }
    }
  }

  /// The same as a value.
  static func unescape(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    return unescape(text, into: &bytes) ? bytes : nil
  }

  static func isUTF8(_ bytes: [UInt8]) -> Bool {
    bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil
  }

  /// Appends the bytes that pairs of hexadecimal digits stand for.
  static func decodeHexadecimal(
    _ text: ArraySlice<UInt8>, into bytes: inout [UInt8]
  ) -> Bool {
    guard text.count.isMultiple(of: 2) else { return false }
    var rest = text
    while let high = rest.popFirst(), let low = rest.popFirst() {
      guard let high = Hexadecimal.digit(high), let low = Hexadecimal.digit(low) else {
        return false
      }
      bytes.append(high << 4 | low)
    }
    return true
  }
}
