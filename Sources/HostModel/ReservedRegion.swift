/// A line of a group's `reserved_regions`: `0x00000000bd000000 0x00000000bd7fffff direct`.
package struct ReservedRegion: Sendable, Hashable {
  /// First byte address.
  package let start: UInt64
  /// Last byte address.
  package let end: UInt64
  package let kind: Kind

  package enum Kind: Sendable, Hashable {
    /// The firmware demands a 1:1 mapping: Intel RMRR, AMD IVMD, reserved memory on Arm.
    case direct
    /// The same for a device that loses its need for it once a driver runs.
    case directRelaxable
    case msi
    case reserved
    /// A word that no kernel read so far writes.
    case other(String)
  }

  package init(start: UInt64, end: UInt64, kind: Kind) {
    self.start = start
    self.end = end
    self.kind = kind
  }

  /// Parses one line; the last word decides the kind and is compared whole.
  package init?(line: some StringProtocol) {
    self.init(bytes: Array(line.utf8)[...])
  }

  /// The same for bytes as they were read, since every group has such lines.
  package init?(bytes: ArraySlice<UInt8>) {
    let words = bytes.split(separator: UInt8(ascii: " "))
    guard words.count == 3, let start = Hexadecimal.parsePrefixed(bytes: words[0]),
      let end = Hexadecimal.parsePrefixed(bytes: words[1])
    else { return nil }
    let word = String(decoding: words[2], as: UTF8.self)
    let kind: Kind =
      switch word {
      case "direct": .direct
      case "direct-relaxable": .directRelaxable
      case "msi": .msi
      case "reserved": .reserved
      default: .other(word)
      }
    self.init(start: start, end: end, kind: kind)
  }
}

extension ReservedRegion: CustomStringConvertible {
  package var description: String {
    "0x\(Hexadecimal.text(start, digits: 16)) 0x\(Hexadecimal.text(end, digits: 16)) \(kind.word)"
  }
}

extension ReservedRegion.Kind {
  /// The word as the kernel writes it.
  package var word: String {
    switch self {
    case .direct: "direct"
    case .directRelaxable: "direct-relaxable"
    case .msi: "msi"
    case .reserved: "reserved"
    case .other(let word): word
    }
  }
}
