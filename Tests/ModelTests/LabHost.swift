import HostModel
import OwnershipAnalysis

/// A host in a few words, and the model of one kernel on it.
///
/// Devices are `D1`, `D2`, … in the order in which they were added, in group 1 unless said
/// otherwise; operations name them so. The snapshot shows what that kernel would show.
struct LabHost {
  var kernel: KernelVersion
  var devices: [Device] = []
  var groups: [GroupNumber: IOMMUGroup] = [:]
  var drivers: [BusName: Set<DriverName>] = [
    .pci: [
      "e1000e", "snd_hda_intel", "nvme", "vfio-pci", "pci-stub", "pcieport", "shpchp",
      "pci-pf-stub", "mlx5_vfio_pci", "idxd",
    ]
  ]
  var aliases: Reading<[ModuleAlias]> = .value(LabHost.ordinaryAliases)
  var autoprobe: [BusName: Reading<Bool>] = [:]
  var iommu = IOMMUInstance(name: "ivhd0", vendor: .amd)
  var remapping = InterruptDelivery.Remapping.active
  var takenInterrupts: Set<DeviceName> = []
  var vfio = VFIOFacilities(openFiles: OpenFileScan(files: [], coverage: .complete))
  /// Whether the kernel has `/dev/iommu` and nodes for devices, from 6.6.
  var hasDeviceNodes = true
  var assumptions: [GroupNumber: Ownership] = [:]

  init(_ kernel: KernelVersion, _ drivers: DriverName?...) {
    self.kernel = kernel
    for driver in drivers { add(driver) }
  }

  /// Intel's ids of the e1000e and snd_hda_intel drivers, and a class for nvme.
  static let ordinaryAliases: [ModuleAlias] = [
    ("pci:v00008086d000010D3sv*sd*bc*sc*i*", "e1000e"),
    ("pci:v00008086d00001C20sv*sd*bc*sc*i*", "snd_hda_intel"),
    ("pci:v*d*sv*sd*bc01sc08i02*", "nvme"),
    ("vfio_pci:v*d*sv*sd*bc*sc*i*", "vfio_pci"),
  ].compactMap { ModuleAlias(pattern: $0.0, module: $0.1) }

  static func isVFIO(_ driver: DriverName?) -> Bool {
    driver.map { $0.text.hasPrefix("vfio-") || $0.text.hasSuffix("vfio_pci") } ?? false
  }

  /// Adds `0000:01:00.N`, or a device of another bus.
  @discardableResult
  mutating func add(
    _ driver: DriverName?, group: GroupNumber? = 1, bridge: Bool = false,
    deviceClass: UInt32 = 0x020000, id: PCIIDPair = PCIIDPair(vendor: 0x8086, device: 0x1c20),
    bus: BusName = .pci, override: Reading<DriverOverride> = .value(.unset),
    sriov: SRIOVRole = .none
  ) -> HostPath {
    let number = devices.count + 1
    let name =
      bus == .pci
      ? DeviceName(PCIAddress(domain: 0, bus: 1, slot: UInt8(number), function: 0))
      : DeviceName("\(bus)-\(number)")
    let path = HostPath.root / "sys/devices/\(bus)" / name.text
    if let driver { drivers[bus, default: []].insert(driver) }
    var activity = DeviceActivity()
    if Self.isVFIO(driver) { activity.enableCount = .value(0) }
    devices.append(
      Device(
        name: name, bus: bus, path: path, group: group.map(Reading.value) ?? .absent,
        driver: driver.map(Reading.value) ?? .absent, driverOverride: override,
        identity: bus == .pci
          ? .value(
            PCIIdentity(
              vendor: id.vendor, device: id.device, deviceClass: PCIClass(code: deviceClass)))
          : .absent,
        header: bus == .pci ? .value(bridge ? .bridge : .normal) : .absent, sriov: sriov,
        vfioDevices: vfioNodes(of: driver, number), iommu: .value(iommu.name), activity: activity))
    if let group { join(group, name, path) }
    return path
  }

  /// `vfio-dev`, which kernels have from 6.1.
  private func vfioNodes(of driver: DriverName?, _ number: Int) -> Reading<[VFIODeviceNode]> {
    guard Self.isVFIO(driver), kernel >= KernelVersion(6, 1) else { return .absent }
    return .value([
      VFIODeviceNode(
        name: EntryName("vfio\(number)"),
        hasCharacterDevice: hasDeviceNodes && kernel >= KernelVersion(6, 6))
    ])
  }

  private mutating func join(_ number: GroupNumber, _ name: DeviceName, _ path: HostPath) {
    var group =
      groups[number]
      ?? IOMMUGroup(
        number: number, path: HostPath.root / "sys/kernel/iommu_groups/\(number)",
        type: .value(.dma),
        name: .absent, reservedRegions: .value([]), members: [])
    group.members.append(GroupMember(linkName: EntryName(name.text), device: path))
    groups[number] = group
  }

  /// The device called `D1`, `D2`, …
  subscript(number: Int) -> Device {
    get { devices[number - 1] }
    set { devices[number - 1] = newValue }
  }

  mutating func give(_ group: GroupNumber, _ region: ReservedRegion.Kind) {
    groups[group]?.reservedRegions = .value([
      ReservedRegion(start: 0xbd00_0000, end: 0xbd7f_ffff, kind: region)
    ])
  }

  var snapshot: ObservedHost {
    var vfio = vfio
    if kernel >= KernelVersion(6, 2), hasDeviceNodes { vfio.hasIOMMUFD = .value(true) }
    if vfio.groupNodes.isAbsent {
      let numbers = devices.filter { Self.isVFIO($0.driver.value) }.compactMap(\.group.value)
      vfio.groupNodes = .value(
        Set(numbers).sorted().map { VFIOGroupNode(group: $0, isNoIOMMU: false) })
    }
    return ObservedHost(
      kernel: Kernel(
        release: .absent, build: .absent, signature: .absent, commandLine: .absent,
        symbols: .absent, options: .absent),
      firmware: Firmware(iommuTables: .absent, processor: .absent, isVirtualMachine: .absent),
      groups: Array(groups.values), groupListing: .value(groups.count), devices: devices,
      drivers: drivers.flatMap { bus, names in
        names.map { Driver(bus: bus, name: $0, module: .value(Self.module(of: $0))) }
      },
      autoprobe: autoprobe, iommus: [iommu], vfio: vfio,
      interrupts: .value(
        InterruptDelivery(remapping: remapping, vfioDevices: takenInterrupts)),
      moduleAliases: aliases, problems: [])
  }

  private static func module(of driver: DriverName) -> ModuleName {
    ModuleName(String(driver.text.map { $0 == "-" ? "_" : $0 }))
  }

  var audit: Audit { Analyzer.audit(snapshot, requestedKernel: kernel) }
  var state: KernelState { KernelState(audit: audit, assumptions: assumptions) }
}
