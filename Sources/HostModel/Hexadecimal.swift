/// Hexadecimal numbers as sysfs writes them.
package enum Hexadecimal {
  /// Parses plain digits, no prefix; the count of digits must lie in `digits`.
  package static func parse(_ text: some Collection<UInt8>, digits: ClosedRange<Int>) -> UInt64? {
    guard digits.contains(text.count), text.count <= 16 else { return nil }
    var value: UInt64 = 0
    for byte in text {
      guard let digit = digit(byte) else { return nil }
      value = value << 4 | UInt64(digit)
    }
    return value
  }

  /// Parses a number with its `0x` prefix, as `vendor` and `class` show it.
  package static func parsePrefixed(_ text: some StringProtocol) -> UInt64? {
    parsePrefixed(bytes: Array(text.utf8)[...])
  }

  /// The same for bytes as they were read; the count of digits must lie in `digits`.
  package static func parsePrefixed(
    bytes: ArraySlice<UInt8>, digits: ClosedRange<Int> = 1...16
  ) -> UInt64? {
    let start = bytes.startIndex
    guard bytes.count > 2, bytes[start] == UInt8(ascii: "0"),
      bytes[start + 1] | 0x20 == UInt8(ascii: "x")
    else { return nil }
    return parse(bytes[(start + 2)...], digits: digits)
  }

  /// Lower-case digits, padded with zeros to at least `digits`.
  package static func text(_ value: some BinaryInteger, digits: Int) -> String {
    let plain = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - plain.utf8.count)) + plain
  }

  /// The value of one digit of either case.
  package static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
