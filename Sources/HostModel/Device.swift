/// A device of the host: every PCI function, and every device of another bus that has a group.
///
/// It is copied often, and a copy has to count every reference in it: so what a bind does not change
/// lies behind one.
package struct Device: Sendable {
  /// Where `driver` leads. It vanishes at the start of an unbind and exists during a probe.
  package var driver: Reading<DriverName>
  /// The entries of `vfio-dev`: the device is registered with VFIO (from 6.1).
  package var vfioDevices: Reading<[VFIODeviceNode]>
  private var shared: Shared

  package init(
    name: DeviceName, bus: BusName, path: HostPath, group: Reading<GroupNumber> = .absent,
    driver: Reading<DriverName> = .absent, driverOverride: Reading<DriverOverride> = .absent,
    identity: Reading<PCIIdentity> = .absent, header: Reading<HeaderKind> = .absent,
    sriov: SRIOVRole = .none, vfioDevices: Reading<[VFIODeviceNode]> = .absent,
    iommu: Reading<EntryName> = .absent, numaNode: Reading<Int> = .absent,
    reset: Reading<ResetSupport> = .absent, activity: DeviceActivity = DeviceActivity()
  ) {
    self.driver = driver
    self.vfioDevices = vfioDevices
    shared = Shared(
      Facts(
        name: name, bus: bus, path: path, group: group, driverOverride: driverOverride,
        identity: identity, header: header, sriov: sriov, iommu: iommu, numaNode: numaNode,
        reset: reset, activity: activity))
  }

  private struct Facts: Sendable, Equatable {
    let name: DeviceName
    let bus: BusName
    let path: HostPath
    var group: Reading<GroupNumber>
    var driverOverride: Reading<DriverOverride>
    var identity: Reading<PCIIdentity>
    var header: Reading<HeaderKind>
    var sriov: SRIOVRole
    var iommu: Reading<EntryName>
    var numaNode: Reading<Int>
    var reset: Reading<ResetSupport>
    var activity: DeviceActivity
  }

  private final class Shared: Sendable {
    let facts: Facts

    init(_ facts: Facts) { self.facts = facts }
  }

  private mutating func change(_ change: (inout Facts) -> Void) {
    var facts = shared.facts
    change(&facts)
    shared = Shared(facts)
  }
}

extension Device {
  package var name: DeviceName { shared.facts.name }
  package var bus: BusName { shared.facts.bus }

  /// Its one true directory, `/sys/devices/…`; unique on the host.
  package var path: HostPath { shared.facts.path }

  /// Where `iommu_group` leads.
  package var group: Reading<GroupNumber> {
    get { shared.facts.group }
    set { change { $0.group = newValue } }
  }

  package var driverOverride: Reading<DriverOverride> {
    get { shared.facts.driverOverride }
    set { change { $0.driverOverride = newValue } }
  }

  /// PCI only: `vendor`, `device` and `class`.
  package var identity: Reading<PCIIdentity> {
    get { shared.facts.identity }
    set { change { $0.identity = newValue } }
  }

  /// PCI only: by the existence of an attribute, since `config` is never read.
  package var header: Reading<HeaderKind> {
    get { shared.facts.header }
    set { change { $0.header = newValue } }
  }

  package var sriov: SRIOVRole {
    get { shared.facts.sriov }
    set { change { $0.sriov = newValue } }
  }

  /// Where `iommu` leads, the instance under `/sys/class/iommu` that serves the device.
  package var iommu: Reading<EntryName> {
    get { shared.facts.iommu }
    set { change { $0.iommu = newValue } }
  }

  /// `numa_node`; absent also when the kernel says -1.
  package var numaNode: Reading<Int> {
    get { shared.facts.numaNode }
    set { change { $0.numaNode = newValue } }
  }

  /// `reset_method`, or the bare existence of `reset` where the kernel has no such attribute.
  package var reset: Reading<ResetSupport> {
    get { shared.facts.reset }
    set { change { $0.reset = newValue } }
  }

  /// Signs of use, read only for devices on a VFIO driver.
  package var activity: DeviceActivity {
    get { shared.facts.activity }
    set { change { $0.activity = newValue } }
  }
}

extension Device: Equatable {
  package static func == (left: Device, right: Device) -> Bool {
    left.driver == right.driver && left.vfioDevices == right.vfioDevices
      && (left.shared === right.shared || left.shared.facts == right.shared.facts)
  }
}

/// The header type of a PCI function, as far as it matters (kernel-rules §8.2).
package enum HeaderKind: Sendable, Hashable {
  /// Type 0: an endpoint, also a host bridge or an ISA bridge.
  case normal
  /// Type 1 or 2: a PCI-to-PCI or CardBus bridge; it alone has `secondary_bus_number`.
  case bridge
}

/// What a PCI function is to SR-IOV.
package enum SRIOVRole: Sendable, Equatable {
  case none
  case physical(PhysicalFunction)
  /// `physfn` leads to the physical function.
  case virtual(physicalFunction: HostPath)
  /// What decides it did not answer: `physfn`, `sriov_totalvfs` or a `virtfnN`.
  case unread(ReadFailure)
}

/// A function that can have virtual functions: it has `sriov_totalvfs`.
package struct PhysicalFunction: Sendable, Equatable {
  /// `sriov_totalvfs`.
  package var totalVFs: Reading<Int>
  /// Where `virtfn0`, `virtfn1`, … lead: the VFs that exist now. `sriov_numvfs` is never read.
  package var virtualFunctions: [HostPath]
  /// `sriov_drivers_autoprobe`; absent on kernels without it.
  package var driversAutoprobe: Reading<Bool>

  package init(
    totalVFs: Reading<Int>, virtualFunctions: [HostPath], driversAutoprobe: Reading<Bool>
  ) {
    self.totalVFs = totalVFs
    self.virtualFunctions = virtualFunctions
    self.driversAutoprobe = driversAutoprobe
  }
}

extension Device {
  /// A physical function whose virtual functions exist now.
  package var hasVirtualFunctions: Bool {
    guard case .physical(let function) = sriov else { return false }
    return !function.virtualFunctions.isEmpty
  }
}

/// How a PCI function can be reset.
package struct ResetSupport: Sendable, Hashable {
  /// The words of `reset_method` (from 5.15): `flr`, `bus`, … Empty when only `reset` is known.
  package let methods: [String]

  package init(methods: [String]) {
    self.methods = methods
  }
}

/// An entry of a device's `vfio-dev` directory: `vfio3`.
package struct VFIODeviceNode: Sendable, Hashable {
  package let name: EntryName
  /// Whether the entry has `dev`, so that `/dev/vfio/devices/NAME` exists (from 6.6).
  ///
  /// `nil` where that was not asked for, or not answered.
  package let hasCharacterDevice: Bool?

  package init(name: EntryName, hasCharacterDevice: Bool?) {
    self.name = name
    self.hasCharacterDevice = hasCharacterDevice
  }
}

/// Signs that a device on a VFIO driver is open (kernel-rules §8.1, §8.3).
package struct DeviceActivity: Sendable, Equatable {
  /// `enable`: how often the device is enabled; vfio-pci enables it on open.
  package var enableCount: Reading<Int>
  /// `power/runtime_status`: `suspended` when idle under vfio-pci, `active` when open.
  package var runtimeStatus: Reading<String>

  package init(
    enableCount: Reading<Int> = .absent, runtimeStatus: Reading<String> = .absent
  ) {
    self.enableCount = enableCount
    self.runtimeStatus = runtimeStatus
  }
}
