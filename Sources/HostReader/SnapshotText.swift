import HostModel
import SystemCalls

/// The escapes of a snapshot file, read back.
enum SnapshotText {
  /// Appends the bytes that a text stands for; `false` for an unknown escape or a byte that needs
  /// one.
  static func unescape(_ text: Span<UInt8>, into bytes: inout [UInt8]) -> Bool {
    var index = 0
    while true {
      let end = plainEnd(of: text, from: index)
      bytes.append(text.extracting(index..<end))
      guard end < text.count else { return true }
      guard text[end] == UInt8(ascii: "\\"), end + 1 < text.count else { return false }
      index = end + 2
      switch text[end + 1] {
      case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
      case UInt8(ascii: "x"):
        guard index + 2 <= text.count, let high = Hexadecimal.digit(text[index]),
          let low = Hexadecimal.digit(text[index + 1])
        else { return false }
        bytes.append(high << 4 | low)
        index += 2
      default: return false
      }
    }
  }

  /// Where the first byte is that is not printable ASCII, or starts an escape.
  static func plainEnd(of text: Span<UInt8>, from start: Int = 0) -> Int {
    for index in start..<text.count {
      let byte = text[index]
      guard 0x20...0x7e ~= byte, byte != UInt8(ascii: "\\") else { return index }
    }
    return text.count
  }

  /// Whether nothing of a text needs an escape.
  static func isPlain(_ text: ArraySlice<UInt8>) -> Bool { plainEnd(of: text.span) == text.count }

  /// Puts the text of a name or a target in place of its bytes; see ``NameText``.
  static func spell(_ bytes: inout [UInt8], from start: Int = 0) {
    bytes.replaceSubrange(start..., with: NameText.text(of: bytes[start...]).utf8)
  }

  static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    let span = bytes.span
    return span.indices.allSatisfy { span[$0] < 0x80 }
      || String(validating: bytes, as: UTF8.self) != nil
  }

  /// Appends the bytes that pairs of hexadecimal digits stand for.
  static func decodeHexadecimal(_ text: Span<UInt8>, into bytes: inout [UInt8]) -> Bool {
    guard text.count.isMultiple(of: 2) else { return false }
    for index in stride(from: 0, to: text.count, by: 2) {
      guard let high = Hexadecimal.digit(text[index]), let low = Hexadecimal.digit(text[index + 1])
      else { return false }
      bytes.append(high << 4 | low)
    }
    return true
  }
}

extension [UInt8] {
  init(_ text: Span<UInt8>) {
    self.init()
    append(text)
  }

  mutating func append(_ text: Span<UInt8>) {
    append(addingCapacity: text.count) { free in
      for index in text.indices { free.append(text[index]) }
    }
  }
}
