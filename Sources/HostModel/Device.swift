/// A device of the host: every PCI function, and every device of another bus that has a group.
package struct Device: Sendable, Equatable {
  package let name: DeviceName
  package let bus: BusName
  /// Its one true directory, `/sys/devices/…`; unique on the host.
  package let path: HostPath
  /// Where `iommu_group` leads.
  package var group: Reading<GroupNumber>
  /// Where `driver` leads. It vanishes at the start of an unbind and exists during a probe.
  package var driver: Reading<DriverName>
  package var driverOverride: Reading<DriverOverride>
  /// PCI only: `vendor`, `device` and `class`.
  package var identity: Reading<PCIIdentity>
  /// PCI only: by the existence of an attribute, since `config` is never read.
  package var header: Reading<HeaderKind>
  package var sriov: SRIOVRole
  /// The entries of `vfio-dev`: the device is registered with VFIO (from 6.1).
  package var vfioDevices: Reading<[VFIODeviceNode]>
  /// Where `iommu` leads, the instance under `/sys/class/iommu` that serves the device.
  package var iommu: Reading<IOMMUName>
  /// `numa_node`; absent also when the kernel says -1.
  package var numaNode: Reading<Int>
  /// `reset_method`, or the bare existence of `reset` where the kernel has no such attribute.
  package var reset: Reading<ResetSupport>
  /// Signs of use, read only for devices on a VFIO driver.
  package var activity: DeviceActivity

  package init(
    name: DeviceName, bus: BusName, path: HostPath, group: Reading<GroupNumber> = .absent,
    driver: Reading<DriverName> = .absent, driverOverride: Reading<DriverOverride> = .absent,
    identity: Reading<PCIIdentity> = .absent, header: Reading<HeaderKind> = .absent,
    sriov: SRIOVRole = .none, vfioDevices: Reading<[VFIODeviceNode]> = .absent,
    iommu: Reading<IOMMUName> = .absent, numaNode: Reading<Int> = .absent,
    reset: Reading<ResetSupport> = .absent, activity: DeviceActivity = DeviceActivity()
  ) {
    self.name = name
    self.bus = bus
    self.path = path
    self.group = group
    self.driver = driver
    self.driverOverride = driverOverride
    self.identity = identity
    self.header = header
    self.sriov = sriov
    self.vfioDevices = vfioDevices
    self.iommu = iommu
    self.numaNode = numaNode
    self.reset = reset
    self.activity = activity
  }
}
