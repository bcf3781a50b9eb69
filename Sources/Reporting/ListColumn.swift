/// A column of `list`. The raw value is its key in JSON; its title is the same in capitals.
package enum ListColumn: String, CaseIterable, Sendable {
  case group, viability, use, claim, type
  case address, bus, `class`, classname, id, vendor, name
  case driver, module, override, policy, role
  case vfio, numa, iommu, sriov, reset, path

  package var title: String { rawValue.uppercased() }

  /// Finds a column by its title or key, in either case.
  package init?(title: some StringProtocol) {
    self.init(rawValue: title.lowercased())
  }

  /// One line for `--list-columns`.
  package var summary: String {
    switch self {
    case .group: "number of the IOMMU group"
    case .viability: "whether user space could open the group now"
    case .use: "whose the group is by its drivers: user, kernel, mixed, idle"
    case .claim: "whether user space owns the group now, as far as can be seen"
    case .type: "type of the group's default domain"
    case .address: "name of the device in sysfs"
    case .bus: "bus of the device"
    case .class: "PCI class and subclass"
    case .classname: "name of the class (hardware database)"
    case .id: "PCI vendor:device"
    case .vendor: "name of the vendor (hardware database)"
    case .name: "name of the device (hardware database)"
    case .driver: "bound driver"
    case .module: "module of the bound driver"
    case .override: "driver_override, the only driver that may bind"
    case .policy: "what the driver means for the group: kernel, managed, none"
    case .role: "endpoint, bridge, host-bridge, rcec, pf, vf"
    case .vfio: "entries under vfio-dev"
    case .numa: "NUMA node"
    case .iommu: "IOMMU that serves the device"
    case .sriov: "virtual functions, existing/possible; of a VF its PF"
    case .reset: "reset methods, the preferred first"
    case .path: "directory of the device"
    }
  }

  /// Needs the hardware database, which costs a look-up for each distinct device.
  package var needsNames: Bool {
    switch self {
    case .classname, .vendor, .name: true
    default: false
    }
  }

  var isNumber: Bool { self == .group || self == .numa }

  /// What people see unasked: the verdict, the device, its driver, its name; within 100 columns.
  package static let textDefault: [ListColumn] = [
    .group, .viability, .address, .id, .driver, .policy, .name,
  ]

  /// What programs get unasked: all that needs no hardware database.
  package static let jsonDefault: [ListColumn] = allCases.filter { !$0.needsNames }
}
