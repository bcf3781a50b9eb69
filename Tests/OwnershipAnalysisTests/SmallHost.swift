import HostModel
import OwnershipAnalysis

/// One group of a host, in the few words that a judgement needs.
struct SmallHost {
  var members: [Device] = []
  var regions: [ReservedRegion] = []
  var iommu: IOMMUInstance.Vendor = .amd
  var remapping: InterruptDelivery.Remapping = .active
  /// `nil` while the module is not loaded.
  var allowsUnsafeInterrupts: Bool? = false
  var isDenylistDisabled = false
  var groupName: Reading<String> = .absent
  var nodes: [VFIOGroupNode] = []
  var files: [OpenVFIOFile] = []
  var commandLine = ""
  var drivers: [Driver] = []

  /// Adds a PCI function `0000:01:00.N` to the group.
  mutating func add(
    _ driver: DriverName?, bridge: Bool = false, deviceClass: UInt32 = 0x020000,
    bus: BusName = .pci
  ) {
    let name = DeviceName("0000:01:00.\(members.count)")
    members.append(
      Device(
        name: name, bus: bus, path: "sys/devices/pci0000:00" / name.text, group: .value(1),
        driver: driver.map(Reading.value) ?? .absent, driverOverride: .value(.unset),
        identity: .value(
          PCIIdentity(vendor: 0x8086, device: 0x10d3, deviceClass: PCIClass(code: deviceClass))),
        header: .value(bridge ? .bridge : .normal), iommu: .value("iommu0")))
  }

  var snapshot: ObservedHost {
    let group = IOMMUGroup(
      number: 1, path: "sys/kernel/iommu_groups/1", type: .value(.dma), name: groupName,
      reservedRegions: .value(regions),
      members: members.map { GroupMember(linkName: EntryName($0.name.text), device: $0.path) })
    return ObservedHost(
      kernel: Kernel(
        release: .absent, build: .absent, signature: .absent,
        commandLine: .value(KernelCommandLine(commandLine)),
        symbols: .absent, options: .absent),
      firmware: Firmware(iommuTables: .absent, processor: .absent, isVirtualMachine: .absent),
      groups: [group], groupListing: .value(1), devices: members, drivers: drivers, autoprobe: [:],
      iommus: [IOMMUInstance(name: "iommu0", vendor: iommu)],
      vfio: VFIOFacilities(
        groupNodes: .value(nodes),
        unsafeInterrupts: allowsUnsafeInterrupts.map(Reading.value) ?? .absent,
        denylistDisabled: .value(isDenylistDisabled),
        openFiles: OpenFileScan(files: files, coverage: .complete)),
      interrupts: .value(InterruptDelivery(remapping: remapping, vfioDevices: [])), problems: [])
  }

  /// The group's viability under a kernel's rules.
  func viability(_ kernel: KernelVersion) -> Viability {
    Analyzer.audit(snapshot, requestedKernel: kernel).groups[0].viability
  }

  /// The first refusal an open meets, `SET_CONTAINER EPERM`; `viable` when there is none.
  func answer(_ kernel: KernelVersion) -> String {
    switch viability(kernel) {
    case .viable: "viable"
    case .undetermined: "undetermined"
    case .notViable(let obstacles):
      obstacles.first.map { "\($0.refusal.call.rawValue) \($0.refusal.errno)" } ?? "?"
    }
  }
}
