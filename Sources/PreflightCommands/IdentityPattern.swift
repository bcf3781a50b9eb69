import ArgumentParser
import HostModel

/// A `vendor:device` as lspci's `-d` takes it: `10de:13c2`, `10de:`, `:13c2`.
struct IdentityPattern {
  private let vendor: UInt16?
  private let device: UInt16?

  init(_ text: String) throws {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2, let vendor = IdentityPattern.part(parts[0]),
      let device = IdentityPattern.part(parts[1])
    else {
      throw ValidationError("not vendor:device in hexadecimal digits, as 10de:13c2 or 10de:")
    }
    self.vendor = vendor
    self.device = device
  }

  /// A device that does not tell its identity matches nothing.
  func matches(_ identity: PCIIdentity?) -> Bool {
    guard let identity else { return false }
    return (vendor ?? identity.vendor) == identity.vendor
      && (device ?? identity.device) == identity.device
  }

  /// `.some(nil)` for an empty part, which matches any number.
  private static func part(_ digits: Substring.UTF8View) -> UInt16?? {
    guard !digits.isEmpty else { return .some(nil) }
    return Hexadecimal.parse(digits, digits: 1...4).map { UInt16($0) }
  }
}
