import HostModel

/// The facts that the findings of a rule rest on, as far as a capture can lack one.
///
/// A finding that only one host has is not a change where the other does not show such a fact.
enum FindingFacts {
  /// Facts that belong together.
  private enum Family {
    case commandLine, firmware, iommus, parameters, nodes, interrupts, use
    case driver, override, header, ids, sriov, regions, autoprobe, drivers, groupName, iommufd

    /// Of a device by name, of anything else by path; a path stands for what is below it too.
    var facts: [HostPath] {
      switch self {
      case .commandLine: ["proc/cmdline"]
      case .firmware: ["sys/firmware", "proc/cpuinfo", "boot", "usr/lib/modules"]
      case .iommus: ["sys/class/iommu"] + Family.ofDevices("iommu", "intel-iommu", "amd-iommu")
      case .parameters: ["sys/module"]
      case .iommufd: ["dev/iommu"]
      case .nodes: ["sys/class/vfio"]
      case .interrupts: ["proc/interrupts"]
      case .use: Family.ofDevices("enable", "runtime_status", "vfio-dev", "vfio*", "dev")
      case .driver: Family.ofDevices("driver", "vfio-dev", "vfio*")
      case .override: Family.ofDevices("driver_override")
      case .header: Family.ofDevices("secondary_bus_number")
      case .ids: Family.ofDevices("vendor", "device", "class")
      case .sriov:
        Family.ofDevices("physfn", "sriov_totalvfs", "virtfn*", "sriov_drivers_autoprobe")
      case .regions: ["sys/kernel/iommu_groups/*/reserved_regions"]
      case .autoprobe: ["sys/bus/*/drivers_autoprobe"]
      case .drivers: ["sys/bus/*/drivers"]
      case .groupName: ["sys/kernel/iommu_groups/*/name", "sys/kernel/iommu_groups/*/type"]
      }
    }

    private static func ofDevices(_ names: String...) -> [HostPath] {
      names.map { "sys/devices/*" / $0 }
    }
  }

  /// What every finding rests on: the kernel, the devices and their groups.
  private static let common: [HostPath] = [
    "proc/sys", "proc/version_signature", "proc/kallsyms", "sys/kernel/iommu_groups",
    "sys/kernel/iommu_groups/*", "sys/kernel/iommu_groups/*/devices",
    "sys/kernel/iommu_groups/*/devices/*", "sys/devices/*/iommu_group",
    "sys/devices/*/subsystem", "sys/bus/*/devices", "sys/bus/*/devices/*",
  ]

  private static func families(of rule: RuleSlug) -> [Family] {
    switch rule {
    case .iommuNotReported, .iommuDisabledOnCommandLine, .iommuNotEnabled, .iommuInactive,
      .iommuOwnedByXen:
      [.drivers, .commandLine, .firmware, .iommus, .parameters, .nodes, .groupName]
    case .ineffectiveIOMMUOption: [.commandLine, .firmware, .iommus]
    case .noIOMMUMode: [.parameters, .nodes, .groupName]
    case .acsOverride, .unknownOption: [.commandLine]
    case .idsNotApplied: [.commandLine, .ids, .driver, .override]
    case .unsafeInterrupts: [.interrupts, .parameters, .commandLine, .groupName, .driver]
    case .mixedGroup, .bridgeDriverBlocks, .eventCollectorBlocks, .notAStub, .bridgeMember,
      .stubMember, .privateDomainDriver, .mixedBuses:
      [.driver, .header, .ids, .sriov, .groupName, .regions]
    case .reservedDirectRegion: [.regions, .iommus, .driver, .groupName]
    case .liveGroupAutoprobe, .driverlessMemberOfClaimedGroup, .groupInUse, .multipleOwners,
      .cdxOwnershipHole, .driverlessMember, .unbindInProgress:
      [.driver, .override, .autoprobe, .header, .use, .interrupts, .nodes, .groupName]
    case .noIOMMUGroup: [.override, .parameters, .groupName]
    case .pfWithVFs, .vfAutoprobeOff: [.sriov, .override, .driver]
    case .denylistedDevice: [.ids, .driver, .override, .parameters]
    case .staleOverride: [.override, .drivers]
    case .overrideNotApplied: [.override, .drivers, .driver, .use, .nodes, .groupName]
    case .noContainerBackend:
      [.parameters, .iommufd, .driver, .nodes, .groupName, .use, .interrupts]
    case .vfTokenRequired: [.sriov, .driver]
    case .kernelDriverInClaimedGroup, .driverDoesNotMatch, .alreadyBound, .groupHasNoNode,
      .hostRootDisk, .hostMount, .hostDefaultRoute,
      .hostNetwork, .hostConsole, .hostInput, .hostOpenDevice, .hostService,
      .deviceNotOnVFIO, .noVFIOCdev, .groupTypeInUse, .vfioNotLoaded,
      .dynamicIDExists, .sysfsNotWritable, .nodeNotAccessible, .vendorDriverRefused,
      .memoryLockLimit, .barInUse, .driverProbeFailed, .deviceDoesNotAnswer, .noReset,
      .resetNeedsOtherGroup, .sriovRefused, .deviceNotAssignable, .hostUsesDevice, .deviceMoved,
      .guestSplitsGroup:
      []
    }
  }

  /// The rule that stands for all that explain one fault.
  static func family(of rule: RuleSlug) -> RuleSlug {
    switch rule {
    case .iommuNotReported, .iommuDisabledOnCommandLine, .iommuNotEnabled, .iommuOwnedByXen:
      .iommuInactive
    case .bridgeDriverBlocks, .eventCollectorBlocks, .notAStub: .mixedGroup
    default: rule
    }
  }

  /// Whether a rule's findings rest on a fact, given as ``HostPath/fact`` spells it.
  static func isBasis(_ fact: HostPath, of rule: RuleSlug) -> Bool {
    if common.contains(fact) || fact.components.count == 3 && fact.relative.hasPrefix("sys/bus/") {
      return true
    }
    return families(of: rule).contains { family in
      family.facts.contains { fact == $0 || fact.relative.hasPrefix($0.relative + "/") }
    }
  }
}

/// What one host does not show, by what it is about; made once for a comparison.
struct UnshownFacts {
  /// Of every device, or of the host.
  private(set) var common: Set<HostPath>
  private var ofGroup: [GroupNumber: Set<HostPath>] = [:]
  private var ofDevice: [HostPath: Set<HostPath>] = [:]
  /// Of any group or device.
  private var ofAny: Set<HostPath> = []

  /// - Parameter known: facts that the other host does not show either.
  init(of host: ObservedHost, beside known: ObservedHost) {
    common = Set(host.notAsked).subtracting(known.notAsked)
    let groups = host.groupsOfMembers
    for problem in host.problems {
      let fact = problem.path.fact
      if let number = UnshownFacts.group(in: problem.path) {
        ofGroup[number, default: []].insert(fact)
        ofAny.insert(fact)
      } else if problem.path.relative.hasPrefix("sys/devices/") {
        ofAny.insert(fact)
        guard let device = UnshownFacts.device(of: problem.path, on: host) else { continue }
        ofDevice[device, default: []].insert(fact)
        if let number = groups[device] { ofGroup[number, default: []].insert(fact) }
      } else {
        common.insert(fact)
      }
    }
  }

  /// A fact that this host does not show and that a finding of the other rests on.
  ///
  /// - Parameters:
  ///   - group: the finding's group, by this host's number.
  ///   - devices: its devices, by this host's paths.
  func basis(of rule: RuleSlug, group: GroupNumber?, devices: [HostPath]) -> HostPath? {
    var facts = common
    if group == nil, devices.isEmpty { facts.formUnion(ofAny) }
    if let group { facts.formUnion(ofGroup[group] ?? []) }
    if !ofDevice.isEmpty { for device in devices { facts.formUnion(ofDevice[device] ?? []) } }
    return facts.filter { FindingFacts.isBasis($0, of: rule) }.min()
  }

  private static func group(in path: HostPath) -> GroupNumber? {
    let parts = path.components
    guard parts.count > 3, path.relative.hasPrefix("sys/kernel/iommu_groups/") else { return nil }
    return GroupNumber(parts[3])
  }

  /// The device whose attribute it is: one or two directories up, or the path itself.
  private static func device(of path: HostPath, on host: ObservedHost) -> HostPath? {
    var next: HostPath? = path
    for _ in 0..<4 {
      guard let candidate = next else { return nil }
      if host.device(at: candidate) != nil { return candidate }
      next = candidate.parent
    }
    return nil
  }
}
