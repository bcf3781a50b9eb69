package import HostModel

/// A device of a composed host on another bus than PCI.
package struct BusDevice: Sendable {
  package var name: DeviceName
  package var bus: BusName
  package var driver: DriverName?
  package var group: GroupNumber?
  package var driverOverride: DriverName?
  /// The directory that holds the device's own, below `/sys/devices`.
  package var parent: HostPath
  /// The name of its link in the group, where a collision changed it.
  package var groupLinkName: String?
  package var registersWithVFIO: Bool?

  package init(
    _ name: DeviceName, on bus: BusName, driver: DriverName? = nil, group: GroupNumber? = nil,
    override: DriverName? = nil, parent: HostPath? = nil
  ) {
    self.name = name
    self.bus = bus
    self.driver = driver
    self.group = group
    driverOverride = override
    self.parent = parent ?? BusDevice.ordinaryParent(on: bus)
  }

  package var path: HostPath { parent / name.text }

  package var isKnownToVFIO: Bool {
    if let registersWithVFIO { return registersWithVFIO }
    return driver.map(DriverModules.vfioDrivers.contains) ?? false
  }

  private static func ordinaryParent(on bus: BusName) -> HostPath {
    switch bus {
    case .amba: "sys/devices/platform/soc"
    case .fslMC: "sys/devices/platform/soc/80c000000.fsl-mc/dprc.1"
    case .cdx: "sys/devices/platform/versal-net-cdx"
    case .platform: "sys/devices/platform"
    default: "sys/devices/virtual"
    }
  }
}
