import ArgumentParser
import HostModel
import OwnershipAnalysis
import Reporting

/// Which rows of `list` were asked for: every kind of filter that is given must agree.
struct RowFilter {
  let selection: Selection
  let drivers: Set<DriverName>
  let identities: [IdentityPattern]

  func accepts(_ row: ListRow) -> Bool {
    accepts(group: row.group?.group.number) && accepts(device: row.device)
  }

  private func accepts(group: GroupNumber?) -> Bool {
    selection.groups.isEmpty || group.map(selection.groups.contains) ?? false
  }

  private func accepts(device: Device?) -> Bool {
    guard let device else {
      return selection.devices.isEmpty && drivers.isEmpty && identities.isEmpty
    }
    let isNamed = selection.devices.isEmpty || selection.devices.contains(device.path)
    let isDriven = drivers.isEmpty || device.driver.value.map(drivers.contains) ?? false
    let isIdentified =
      identities.isEmpty || identities.contains { $0.matches(device.identity.value) }
    return isNamed && isDriven && isIdentified
  }
}

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

  /// A device without a known identity matches nothing.
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
