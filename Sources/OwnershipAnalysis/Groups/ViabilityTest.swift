package import HostModel

/// Whether the kernel would let user space open a group now, through a VFIO group and the type1
/// container (kernel-rules §11.3).
///
/// The obstacles come in the order in which the calls meet them: SET_CONTAINER, SET_IOMMU,
/// GET_DEVICE_FD. A group without a member on VFIO is judged as if a driverless member
/// were: what matters is who else is in it.
package struct ViabilityTest {
  private let group: IOMMUGroup
  private let members: [MemberAssessment]
  private let host: ObservedHost
  private let behavior: KernelBehavior
  /// What was written to the parameter of vfio_iommu_type1 since the host was observed.
  private let unsafeInterrupts: Bool?

  private var obstacles: [Obstacle] = []
  /// What could not be read and could be an obstacle.
  private(set) package var unknowns: [Doubt] = []
  private(set) package var dependsOn: [Doubt] = []
  private(set) var conditions = FixedConditions()

  package init(
    of group: IOMMUGroup, members: [MemberAssessment], host: ObservedHost,
    behavior: KernelBehavior, unsafeInterrupts: Bool? = nil
  ) {
    self.group = group
    self.members = members
    self.host = host
    self.behavior = behavior
    self.unsafeInterrupts = unsafeInterrupts
    judge()
  }

  package var number: GroupNumber { group.number }

  /// An obstacle that is seen decides, whatever else is unknown.
  package var viability: Viability {
    if !obstacles.isEmpty { return .notViable(obstacles) }
    return unknowns.isEmpty ? .viable : .undetermined(unknowns)
  }

  private mutating func judge() {
    conditions.isNeverClaimed = isNeverClaimed
    guard !conditions.isNeverClaimed else { return }
    conditions.mayBeMadeUp = host.isMadeUp(group) == nil
    unknowns = group.doubts(besides: members)
    conditions.hasUnknown = !unknowns.isEmpty
    unknowns += group.driverDoubts(of: members)
    switch behavior.regime {
    case .dmaOwnership: judgeKernelDrivers()
    case .viabilityAtOpen: break
    case .unknown: judgeWithoutRegime()
    }
    let byDrivers = (obstacles: obstacles.count, unknowns: unknowns.count)
    judgeBuses()
    judgeDirectRegions()
    judgeInterrupts()
    conditions.hasObstacle = obstacles.count > byDrivers.obstacles
    if unknowns.count > byDrivers.unknowns { conditions.hasUnknown = true }
    if behavior.regime == .viabilityAtOpen { judgeAllowedDrivers() }
    obstacles.sort { $0.refusal.call < $1.refusal.call }
    if !obstacles.isEmpty, conditions.mayBeMadeUp {
      // One that VFIO made up has no obstacle.
      unknowns.append(.unread(.groupName(group.number), group.name.failure))
      obstacles = []
    }
  }

  /// Groups that VFIO makes for emulated and unisolated devices are never claimed (§7.7, §10.1).
  /// Before 5.17 the groups of mediated devices have no name, and only members on the mdev bus.
  private var isNeverClaimed: Bool {
    host.isMadeUp(group) == true
      || (!members.isEmpty && group.isWhollyListed
        && members.allSatisfy { $0.device.bus == .mdev })
  }

  // MARK: Regime B: the claim

  /// SET_CONTAINER claims the group and fails with EPERM while `owner_cnt` is not zero
  /// (§3.2 row 2, iommu.c:iommu_group_claim_dma_owner, from 5.19).
  private mutating func judgeKernelDrivers() {
    blame(
      members.filter(\.countsForKernel), for: .kernelDriver,
      refusal: Refusal(call: .setContainer, errno: behavior.claimConflict))
  }

  /// One obstacle for each kind of culprit, since each has its own rule and remedy.
  private mutating func blame(
    _ blockers: [MemberAssessment], for reason: Obstacle.Reason, refusal: Refusal
  ) {
    guard !blockers.isEmpty else { return }
    let byRule = Dictionary(grouping: blockers, by: \.ruleWhenBlocking)
    for rule in byRule.keys.sorted() {
      obstacles.append(
        Obstacle(
          reason: reason, culprits: (byRule[rule] ?? []).map(\.culprit), refusal: refusal,
          rule: rule, symptom: Symptom.notViable(group.number)))
    }
  }

  /// Without a kernel version only what both regimes agree on can be said.
  private mutating func judgeWithoutRegime() {
    let ownership = members.contains(where: \.countsForKernel)
    let viability = members.contains { !$0.isAllowedBeforeOwnership }
    guard ownership || viability else { return }
    let refused = members.filter { $0.countsForKernel && !$0.isAllowedBeforeOwnership }
    unknowns.append(.kernelUnknownForOpen(refusedByAll: refused.map(\.culprit)))
  }

  // MARK: Regime A: viability of each member

  /// GET_DEVICE_FD fails with EINVAL unless each member is viable by itself
  /// (§2.2, vfio.c:vfio_dev_viable, up to 5.18).
  private mutating func judgeAllowedDrivers() {
    let refused = members.filter { !$0.isAllowedBeforeOwnership }
    for member in refused {
      guard let failure = member.device.header.failure else { continue }
      unknowns.append(.unread(.header(member.device.name), failure))
    }
    blame(
      refused.filter { $0.device.header.failure == nil }, for: .driverNotAllowed,
      refusal: Refusal(call: .getDeviceFD, errno: .invalid))
  }

  // MARK: Both regimes

  /// A `direct` region of any member refuses the whole group, by kernel and IOMMU (§7.5).
  private mutating func judgeDirectRegions() {
    if let failure = group.reservedRegions.failure {
      unknowns.append(.unread(.reservedRegions(group.path / "reserved_regions"), failure))
      return
    }
    guard let regions = group.reservedRegions.value, regions.contains(where: { $0.kind == .direct })
    else { return }
    switch DirectRegionPolicy(behavior: behavior, iommu: iommuVendor) {
    case .accepted: break
    case .refused(let refusal):
      obstacles.append(
        Obstacle(
          reason: .directRegion, culprits: [], refusal: refusal, rule: .reservedDirectRegion,
          symptom: Symptom.directRegion(group.number, refusal)))
    case .undetermined(let doubt): unknowns.append(doubt)
    }
  }

  /// SET_IOMMU refuses members on different buses up to 5.19 (§7.3 row 2).
  private mutating func judgeBuses() {
    guard let first = members.first?.device.bus, members.contains(where: { $0.device.bus != first })
    else { return }
    switch behavior.presence(of: .mixedBusesAccepted) {
    case .yes: break
    case .unread: unknowns.append(.unstudied(.mixedBusesAccepted, of: nil))
    case .no:
      obstacles.append(
        Obstacle(
          reason: .mixedBuses,
          culprits: members.filter { $0.device.bus != first }.map(\.culprit),
          refusal: Refusal(call: .setIOMMU, errno: .invalid), rule: .mixedBuses,
          symptom: Symptom.setIOMMU(group.number, .invalid)))
    }
  }

  /// SET_IOMMU refuses a group whose interrupts are not isolated (§7.3 row 6).
  private mutating func judgeInterrupts() {
    let policy = UnsafeInterruptPolicy(of: host, written: unsafeInterrupts)
    guard policy.isAllowed != true else { return }
    switch host.interrupts {
    case .value(let delivery):
      switch delivery.remapping {
      case .active, .translationService: break
      case .inactive where policy.isAllowed == nil: unknowns += policy.dependsOn
      case .inactive:
        dependsOn += policy.dependsOn
        obstacles.append(
          Obstacle(
            reason: .unsafeInterrupts, culprits: [],
            refusal: Refusal(call: .setIOMMU, errno: .operationNotPermitted),
            rule: .unsafeInterrupts,
            symptom: Symptom.setIOMMU(group.number, .operationNotPermitted)))
      case .unknown: dependsOn.append(.interruptIsolationUnseen(.setIOMMU))
      }
    case .absent: dependsOn.append(.interruptIsolationUnseen(.setIOMMU))
    case .unread(let failure): unknowns.append(.unread(.interrupts, failure))
    }
  }

  private var iommuVendor: IOMMUInstance.Vendor? {
    let names = Set(members.compactMap(\.device.iommu.value))
    let vendors = Set(host.iommus.filter { names.contains($0.name) }.map(\.vendor))
    if vendors.count == 1, let vendor = vendors.first { return vendor }
    let all = host.iommuListFailure == nil ? Set(host.iommus.map(\.vendor)) : []
    return all.count == 1 ? all.first ?? nil : nil
  }
}

/// What decides an open of a group whatever drivers its members are on.
struct FixedConditions: Sendable, Equatable {
  /// VFIO made the group up, so that nothing ever keeps user space out.
  var isNeverClaimed = false
  /// The same may be so: then an obstacle proves nothing.
  var mayBeMadeUp = false
  var hasObstacle = false
  /// Something that could not be read and could be an obstacle.
  var hasUnknown = false
}

extension MemberAssessment {
  /// VFIO up to 5.18 lets this member be beside an open device (§2.2).
  var isAllowedBeforeOwnership: Bool {
    switch policy {
    case .none, .vfio, .unread: true
    case .stub(let driver), .infrastructure(let driver), .kernel(let driver, _):
      driver == "pci-stub" || isBridge
    }
  }

  /// pcieport on a Root Complex Event Collector, whose header is an endpoint's (§2.2).
  fileprivate var isEventCollectorPort: Bool {
    guard policy == .infrastructure("pcieport") else { return false }
    guard let identity = device.identity.value else {
      // The driver takes nothing else but bridges.
      return device.header.value == .normal
    }
    return identity.deviceClass.isRootComplexEventCollector
  }

  /// The rule that explains why this member keeps user space out.
  fileprivate var ruleWhenBlocking: RuleSlug {
    if isEventCollectorPort { return .eventCollectorBlocks }
    if isBridge { return .bridgeDriverBlocks }
    if case .kernel(_, .userSpaceFramework) = policy { return .notAStub }
    return .mixedGroup
  }
}
