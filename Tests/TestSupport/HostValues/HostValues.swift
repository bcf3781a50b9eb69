package import HostModel
package import OwnershipAnalysis

/// A host as values, in a few words: for tests of what is concluded, not of what is read.
///
/// `HostTree` is a host as files. Here nothing is parsed, so a test can set any value, also one that
/// is unread; what it does not set is what an ordinary host of this kernel shows. Devices are `D1`,
/// `D2`, … in the order in which they were added, in group 1 unless another is named.
package struct HostValues: Sendable {
  /// The kernel whose attributes the host shows, and by which it is audited if it states no release.
  /// `nil` shows what every kernel has.
  package var kernel: KernelVersion?
  /// What the host states of its kernel.
  package var stated = Kernel(
    release: .absent, build: .absent, signature: .absent, commandLine: .absent, symbols: .absent,
    options: .absent)
  package var firmware = Firmware(
    iommuTables: .absent, processor: .absent, isVirtualMachine: .absent)
  package var devices: [Device] = []
  package var groups: [GroupNumber: IOMMUGroup] = [:]
  /// Where the listing of groups is not simply theirs.
  package var groupListing: Reading<Int>?
  package var drivers: [BusName: Set<DriverName>] = [
    .pci: [
      "e1000e", "snd_hda_intel", "nvme", "vfio-pci", "pci-stub", "pcieport", "shpchp",
      "pci-pf-stub", "mlx5_vfio_pci", "idxd",
    ]
  ]
  package var aliases: Reading<[ModuleAlias]> = .value(HostValues.ordinaryAliases)
  package var autoprobe: [BusName: Reading<Bool>] = [:]
  /// The one that serves every device; `nil` for a host without.
  package var iommu: IOMMUInstance? = IOMMUInstance(name: "ivhd0", vendor: .amd)
  package var remapping = InterruptDelivery.Remapping.active
  package var takenInterrupts: Set<DeviceName> = []
  package var vfio = VFIOFacilities(openFiles: OpenFileScan(files: [], coverage: .complete))
  /// Whether the kernel has `/dev/iommu` and nodes for devices, from 6.6.
  package var hasDeviceNodes = true
  /// Nothing, as seen.
  package var use: Reading<HostUse> = .value(HostUse())
  package var problems: [ReadProblem] = []
  package var assumptions: [GroupNumber: Ownership] = [:]

  /// A host with a function on each driver, or on none.
  package init(_ kernel: KernelVersion? = nil, _ drivers: DriverName?...) {
    self.kernel = kernel
    for driver in drivers { add(driver) }
  }

  /// The device called `D1`, `D2`, …
  package subscript(number: Int) -> Device {
    get { devices[number - 1] }
    set { devices[number - 1] = newValue }
  }

  /// Adds `0000:01:0N.0`, or a device of another name or bus.
  @discardableResult
  package mutating func add(
    _ driver: DriverName?, named givenName: DeviceName? = nil, group: GroupNumber? = 1,
    bridge: Bool = false, deviceClass: UInt32 = 0x020000, id: PCIID = "8086:1c20",
    bus: BusName = .pci, override: Reading<DriverOverride> = .value(.unset),
    sriov: SRIOVRole = .none
  ) -> HostPath {
    let number = devices.count + 1
    let name = givenName ?? ordinaryName(number, on: bus)
    let path = "sys/devices" / (bus == .pci ? "pci0000:00" : bus.text) / name.text
    if let driver { drivers[bus, default: []].insert(driver) }
    var activity = DeviceActivity()
    if Self.isVFIO(driver) { activity.enableCount = .value(0) }
    let identity = PCIIdentity(
      vendor: id.vendor, device: id.device, deviceClass: PCIClass(code: deviceClass))
    devices.append(
      Device(
        name: name, bus: bus, path: path, group: group.map(Reading.value) ?? .absent,
        driver: driver.map(Reading.value) ?? .absent, driverOverride: override,
        identity: bus == .pci ? .value(identity) : .absent,
        header: bus == .pci ? .value(bridge ? .bridge : .normal) : .absent, sriov: sriov,
        vfioDevices: vfioNodes(of: driver, number),
        iommu: iommu.map { .value($0.name) } ?? .absent, activity: activity))
    if let group { join(group, name, path) }
    return path
  }

  /// Adds a group that has no device yet.
  package mutating func add(group number: GroupNumber) {
    groups[number] = IOMMUGroup(
      number: number, path: "sys/kernel/iommu_groups" / number.description, type: .value(.dma),
      name: .absent, reservedRegions: .value([]), members: [])
  }

  package mutating func give(_ group: GroupNumber, _ region: ReservedRegion.Kind) {
    groups[group]?.reservedRegions = .value([
      ReservedRegion(start: 0xbd00_0000, end: 0xbd7f_ffff, kind: region)
    ])
  }

  private mutating func join(_ number: GroupNumber, _ name: DeviceName, _ path: HostPath) {
    if groups[number] == nil { add(group: number) }
    groups[number]?.members.append(GroupMember(linkName: EntryName(name.text), device: path))
  }
}

/// What is ordinary.
extension HostValues {
  /// Intel's ids of the e1000e and snd_hda_intel drivers, and a class for nvme.
  package static let ordinaryAliases: [ModuleAlias] = [
    ("pci:v00008086d000010D3sv*sd*bc*sc*i*", "e1000e"),
    ("pci:v00008086d00001C20sv*sd*bc*sc*i*", "snd_hda_intel"),
    ("pci:v*d*sv*sd*bc01sc08i02*", "nvme"),
    ("vfio_pci:v*d*sv*sd*bc*sc*i*", "vfio_pci"),
  ].compactMap { ModuleAlias(pattern: $0.0, module: $0.1) }

  private func ordinaryName(_ number: Int, on bus: BusName) -> DeviceName {
    bus == .pci
      ? DeviceName(PCIAddress(domain: 0, bus: 1, slot: UInt8(number), function: 0))
      : DeviceName("\(bus)-\(number)")
  }

  /// `vfio-dev`, which kernels have from 6.1.
  private func vfioNodes(of driver: DriverName?, _ number: Int) -> Reading<[VFIODeviceNode]> {
    guard Self.isVFIO(driver), let kernel, kernel >= KernelVersion(6, 1) else { return .absent }
    return .value([
      VFIODeviceNode(
        name: EntryName("vfio\(number)"),
        hasCharacterDevice: hasDeviceNodes && kernel >= KernelVersion(6, 6))
    ])
  }

  static func isVFIO(_ driver: DriverName?) -> Bool {
    driver.map { $0.text.hasPrefix("vfio-") || $0.text.hasSuffix("vfio_pci") } ?? false
  }
}
