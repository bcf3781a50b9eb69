/// The version of a kernel as upstream counts: `6.12.91`.
package struct KernelVersion: Hashable, Sendable {
  package let major: UInt16
  package let minor: UInt16
  /// The stable level; 0 for a mainline release.
  package let patch: UInt16

  package init(_ major: UInt16, _ minor: UInt16, _ patch: UInt16 = 0) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Parses the numbers at the start of a release: `6.1.0-18-amd64`, `6.12`, `7.3-rc4`.
  package init?(release text: some StringProtocol) {
    var numbers: [UInt16] = []
    var rest = Array(text.utf8)[...]
    while numbers.count < 3 {
      let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      guard !digits.isEmpty, let number = UInt16(String(decoding: digits, as: UTF8.self)) else {
        break
      }
      numbers.append(number)
      rest = rest[digits.endIndex...]
      guard rest.first == UInt8(ascii: ".") else { break }
      rest = rest.dropFirst()
    }
    guard numbers.count >= 2 else { return nil }
    self.init(numbers[0], numbers[1], numbers.count == 3 ? numbers[2] : 0)
  }

  /// Major and minor number, the series that stable levels belong to.
  package var series: KernelVersion { KernelVersion(major, minor) }
}

extension KernelVersion: Comparable {
  package static func < (left: KernelVersion, right: KernelVersion) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}

extension KernelVersion: CustomStringConvertible {
  package var description: String {
    patch == 0 ? "\(major).\(minor)" : "\(major).\(minor).\(patch)"
  }
}
