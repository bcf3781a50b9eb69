import HostModel

/// The PCI functions of a host by their ids, which decide which lines of an id table matter.
struct PresentIdentities: Sendable {
  private let all: [PCIIdentity]
  private let byVendor: [UInt16: [PCIIdentity]]

  init(of devices: [Device]) {
    all = Array(Set(devices.compactMap(\.identity.value)))
    byVendor = Dictionary(grouping: all, by: \.vendor)
  }

  /// The id that a line gives a module, if a function of the host matches it.
  func alias(_ pattern: Substring, of module: Substring) -> ModuleAlias? {
    guard PresentIdentities.isModuleName(module),
      let alias = ModuleAlias(pattern: pattern, module: ModuleName(String(module))),
      candidates(for: alias.vendor).contains(where: alias.matches)
    else { return nil }
    return alias
  }

  private func candidates(for vendor: UInt16?) -> [PCIIdentity] {
    guard let vendor else { return all }
    return byVendor[vendor] ?? []
  }

  /// Whether a line of `modules.alias` has the bus, a vendor and a device of the host, by its bytes.
  @Sendable func mayMatch(_ line: ArraySlice<UInt8>) -> Bool {
    let start = line.prefix { $0 != UInt8(ascii: ":") }
    guard start.elementsEqual("alias pci".utf8) || start.elementsEqual("alias vfio_pci".utf8)
    else { return false }
    let vendor = line[start.endIndex...].dropFirst(2)
    if vendor.first == UInt8(ascii: "*") { return true }
    guard let vendorID = Hexadecimal.parse(vendor.prefix(8), digits: 8...8),
      let identities = byVendor[UInt16(truncatingIfNeeded: vendorID)]
    else { return false }
    let device = vendor.dropFirst(9)
    if device.first == UInt8(ascii: "*") { return true }
    guard let deviceID = Hexadecimal.parse(device.prefix(8), digits: 8...8) else { return false }
    return identities.contains { $0.device == UInt16(truncatingIfNeeded: deviceID) }
  }

  private static func isModuleName(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
