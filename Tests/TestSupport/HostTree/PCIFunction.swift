package import HostModel

/// A PCI function of a composed host.
package struct PCIFunction: Sendable {
  package let name: DeviceName
  package let address: PCIAddress
  package var identity: PCIIdentity
  package var driver: DriverName?
  package var group: GroupNumber?
  /// The bridge above it; `nil` puts it directly below its bus's root.
  package var parent: DeviceName?
  package var header: HeaderKind
  /// The bus behind a bridge; by default the bus of its children.
  package var secondaryBus: UInt8?
  package var driverOverride: DriverName?
  package var sriov: SRIOV = .none
  package var numaNode = -1
  /// The IOMMU instance that serves it; by default the first.
  package var iommu: String?
  /// Words of `reset_method`; empty when the function cannot be reset.
  package var resetMethods: [String]
  /// Whether VFIO knows it; by default, whether its driver is one of the kernel's VFIO drivers.
  package var registersWithVFIO: Bool?
  package var use: Use = .idle

  package enum SRIOV: Sendable {
    case none
    case physical(total: Int, autoprobe: Bool = true)
    case virtual(of: DeviceName)
  }

  /// What user space does with a function on a VFIO driver.
  package enum Use: Sendable {
    case idle
    /// Opened, with so many MSI vectors.
    case open(vectors: Int = 0)
    /// An unbind waits for the user: the `driver` link is gone, the node is not (kernel-rules §9.2).
    case unbinding
  }

  /// - Parameters:
  ///   - name: its address, `0000:01:00.0`.
  ///   - deviceClass: 24 bits, `0x030000`.
  ///   - id: `vendor:device` as lspci prints it.
  package init(
    _ name: DeviceName, class deviceClass: UInt32, id: PCIID, driver: DriverName? = nil,
    group: GroupNumber? = nil, parent: DeviceName? = nil, override: DriverName? = nil,
    sriov: SRIOV = .none, use: Use = .idle
  ) {
    guard let address = name.address else {
      preconditionFailure("a fixture's function has no PCI address: \(name)")
    }
    self.name = name
    self.address = address
    identity = PCIIdentity(
      vendor: id.vendor, device: id.device, deviceClass: PCIClass(code: deviceClass))
    self.driver = driver
    self.group = group
    self.parent = parent
    driverOverride = override
    self.sriov = sriov
    self.use = use
    let bridgeClasses: Set<UInt16> = [0x0604, 0x0607, 0x0609]
    header = bridgeClasses.contains(identity.deviceClass.baseAndSubclass) ? .bridge : .normal
    resetMethods = header == .bridge || identity.deviceClass.base == 0x06 ? [] : ["flr", "bus"]
  }

  /// Whether the function shows up below VFIO: bound to a VFIO driver, or still on its way out.
  package var isKnownToVFIO: Bool {
    if case .unbinding = use { return true }
    if let registersWithVFIO { return registersWithVFIO }
    return driver.map(DriverModules.vfioDrivers.contains) ?? false
  }
}

/// `vendor:device`, as lspci prints it.
package struct PCIID: ExpressibleByStringLiteral, Sendable {
  package let vendor: UInt16
  package let device: UInt16

  package init(vendor: UInt16, device: UInt16) {
    self.vendor = vendor
    self.device = device
  }

  package init(stringLiteral value: String) {
    let fields = value.utf8.split(separator: UInt8(ascii: ":"))
    guard fields.count == 2, let vendor = Hexadecimal.parse(fields[0], digits: 4...4),
      let device = Hexadecimal.parse(fields[1], digits: 4...4)
    else { preconditionFailure("a fixture's id is not vendor:device: \(value)") }
    self.init(vendor: UInt16(vendor), device: UInt16(device))
  }
}
