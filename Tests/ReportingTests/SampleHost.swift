import HostModel
import OwnershipAnalysis

/// Hosts made by hand, judged by the real analyzer.
enum SampleHost {
  /// A GPU on vfio-pci whose audio function the host keeps, and a disk of the host.
  static let mixedGroup = audit(
    groups: [
      group(0, "0000:00:17.0"), group(1, "0000:01:00.0", "0000:01:00.1"),
      group(14, "0000:02:00.0"), group(15),
    ],
    devices: [
      device("0000:00:17.0", group: 0, driver: "ahci", class: 0x010601),
      device("0000:01:00.0", group: 1, driver: "vfio-pci", class: 0x030000),
      device("0000:01:00.1", group: 1, driver: "snd_hda_intel", class: 0x040300),
      device("0000:02:00.0", group: 14, driver: "vfio-pci", class: 0x020000),
    ])

  /// Names and texts that would take over a terminal.
  static let hostile = audit(
    groups: [group(7, "0000:07:00.0", "evil\u{1b}[2J\nerror: forged")],
    devices: [
      device("0000:07:00.0", group: 7, driver: "vfio-pci", class: 0x020000),
      device(
        "evil\u{1b}[2J\nerror: forged", on: "platform", group: 7, driver: "drv\u{202e}\u{9b}31m",
        class: nil),
    ],
    problems: [
      ReadProblem(
        path: "sys/devices/\u{1b}]0;title\u{7}", failure: .malformed("\u{1b}[31mred\u{1b}[0m"))
    ])

  /// Group 9, viable, with what the analyzer would have to see in a host's processes.
  static func claimed(by holder: String?, isMadeUp: Bool) -> Audit {
    var group = group(9, "0000:09:00.0")
    if isMadeUp { group.name = .value("vfio-noiommu") }
    let device = device("0000:09:00.0", group: 9, driver: "vfio-pci", class: 0x020000)
    let audit = audit(groups: [group], devices: [device])
    let members = audit.groups.flatMap(\.members)
    let claim = ClaimAssessment(
      state: holder == nil ? .unclaimed : .claimed, certainty: .certain,
      holders: holder.map { [$0] } ?? [])
    let assessment = GroupAssessment(
      group: group, members: members, use: .userSpace, viability: .viable, claim: claim)
    return Audit(
      host: audit.host, kernel: audit.kernel, behavior: audit.behavior, groups: [assessment],
      findings: [])
  }

  static let withoutGroups = audit(
    groups: [], devices: [device("0000:00:02.0", group: nil, driver: "e1000", class: 0x020000)])

  static func audit(
    groups: [IOMMUGroup], devices: [Device], listing: Reading<Int>? = nil,
    problems: [ReadProblem] = []
  ) -> Audit {
    let host = ObservedHost(
      kernel: Kernel(
        release: .value("6.12.0"), build: .value("#1 SMP"), signature: .absent,
        commandLine: .value(KernelCommandLine("quiet")), symbols: .absent, options: .absent),
      firmware: Firmware(
        iommuTables: .value(groups.isEmpty ? [] : [.dmar]), processor: .value(.intel),
        isVirtualMachine: .value(false)),
      groups: groups, groupListing: listing ?? .value(groups.count), devices: devices,
      drivers: [
        Driver(bus: .pci, name: "vfio-pci", module: .value("vfio_pci")),
        Driver(bus: .pci, name: "ahci", module: .absent),
        Driver(bus: .pci, name: "snd_hda_intel", module: .value("snd_hda_intel")),
      ],
      autoprobe: [.pci: .value(true)],
      iommus: groups.isEmpty ? [] : [IOMMUInstance(name: "dmar0", vendor: .intel)],
      vfio: VFIOFacilities(
        groupNodes: .value(nodes(of: groups)), unsafeInterrupts: .value(false),
        openFiles: OpenFileScan(files: [], coverage: .complete)),
      interrupts: .value(InterruptDelivery(remapping: .active, vfioDevices: [])),
      problems: problems)
    return Analyzer.audit(host)
  }

  /// The node of a no-IOMMU group is spelled in another way.
  private static func nodes(of groups: [IOMMUGroup]) -> [VFIOGroupNode] {
    groups.filter(\.isMadeUp).map { VFIOGroupNode(group: $0.number, isNoIOMMU: true) }
  }

  static func replacingFindings(of audit: Audit, by findings: [Finding]) -> Audit {
    Audit(
      host: audit.host, kernel: audit.kernel, behavior: audit.behavior, groups: audit.groups,
      findings: findings)
  }

  static func group(_ number: GroupNumber, _ members: String...) -> IOMMUGroup {
    group(number, members: members)
  }

  static func group(_ number: GroupNumber, members: [String]) -> IOMMUGroup {
    IOMMUGroup(
      number: number, path: "sys/kernel/iommu_groups" / number.description, type: .value(.dma),
      name: .absent,
      reservedRegions: .value([
        ReservedRegion(start: 0xfee0_0000, end: UInt64.max, kind: .msi)
      ]),
      members: members.map { GroupMember(linkName: EntryName($0), device: path(of: $0)) })
  }

  static func device(
    _ name: String, on bus: BusName = .pci, group: GroupNumber?, driver: DriverName,
    class code: UInt32?
  ) -> Device {
    Device(
      name: DeviceName(name), bus: bus, path: path(of: name),
      group: group.map(Reading.value) ?? .absent, driver: .value(driver),
      driverOverride: .value(.unset),
      identity: code.map {
        .value(
          PCIIdentity(vendor: 0x10de, device: 0x13c2, deviceClass: PCIClass(code: $0)))
      } ?? .absent,
      header: .value(.normal))
  }

  private static func path(of name: String) -> HostPath {
    "sys/devices/pci0000:00" / name
  }
}
