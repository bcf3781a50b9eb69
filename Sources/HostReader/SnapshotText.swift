import HostModel

/// The escapes of a snapshot file, read back.
enum SnapshotText {
  /// The bytes that a text stands for; `nil` for an unknown escape or a byte that needs one.
  static func unescape(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.allSatisfy({ 0x20...0x7e ~= $0 }) else { return nil }
    guard let first = text.firstIndex(of: UInt8(ascii: "\\")) else { return Array(text) }
    var bytes = Array(text[..<first])
    var rest = text[first...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
      case UInt8(ascii: "x"):
        guard let value = Hexadecimal.parse(rest.prefix(2), digits: 2...2) else { return nil }
        bytes.append(UInt8(value))
        rest = rest.dropFirst(2)
      default: return nil
      }
    }
    return bytes
  }

  /// The same for what must be UTF-8: a path, a target.
  static func unescapedString(_ text: ArraySlice<UInt8>) -> String? {
    unescape(text).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// The bytes that pairs of hexadecimal digits stand for.
  static func decodeHexadecimal(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2)
    var rest = text
    while let high = rest.popFirst(), let low = rest.popFirst() {
      guard let high = Hexadecimal.digit(high), let low = Hexadecimal.digit(low) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    return bytes
  }
}
