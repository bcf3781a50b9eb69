package import HostModel

/// One group as the kernel would judge it now.
///
/// A class, since every rule goes through all of them.
package final class GroupAssessment: Sendable {
  package let group: IOMMUGroup
  /// The members that could be read, in the group's order.
  package let members: [MemberAssessment]
  /// Those on VFIO drivers.
  package let vfioBound: [MemberAssessment]
  package let use: GroupAssignment
  package let viability: Viability
  package let claim: ClaimAssessment
  /// The VFIO files that processes hold of it.
  let openFiles: OpenFiles
  /// What shows that an unbind of a member waits.
  let unbindSigns: UnbindSigns
  /// What decides an open whatever the drivers.
  let conditions: FixedConditions
  /// What cannot be seen and could still make an open fail.
  package let dependsOn: [Doubt]

  /// A group that nothing has open.
  package init(
    group: IOMMUGroup, members: [MemberAssessment], use: GroupAssignment, viability: Viability,
    claim: ClaimAssessment
  ) {
    self.group = group
    self.members = members
    self.use = use
    self.viability = viability
    self.claim = claim
    dependsOn = []
    conditions = FixedConditions()
    vfioBound = members.filter(\.policy.isVFIO)
    openFiles = OpenFiles()
    unbindSigns = .none
  }

  /// One group as this kernel would judge it now.
  init(
    _ group: IOMMUGroup, host: ObservedHost, files: OpenFileIndex, behavior: KernelBehavior
  ) {
    let members = host.members(of: group).map { MemberAssessment(device: $0, behavior: behavior) }
    let opening = ViabilityTest(of: group, members: members, host: host, behavior: behavior)
    self.group = group
    self.members = members
    openFiles = files.files(of: group, members: members)
    unbindSigns = UnbindSigns(in: group, members: members, host: host)
    use = GroupAssignment(of: group, members: members, signs: unbindSigns)
    viability = opening.viability
    claim = ClaimAssessment(
      of: group, members: members, files: openFiles, signs: unbindSigns, host: host,
      behavior: behavior)
    dependsOn = opening.dependsOn
    conditions = opening.conditions
    vfioBound = members.filter(\.policy.isVFIO)
  }

  /// What would settle whether user space was given the group and could open it.
  package var openDoubts: [Doubt] {
    viability.doubts + (isOpenWhetherGiven ? group.doubts(of: members) : [])
  }

  /// It could not be opened, and whether user space was given it is unknown.
  var isOpenWhetherGiven: Bool { use == .unknown && !viability.obstacles.isEmpty }

  /// Whether VFIO made the group up; see `IOMMUGroup.isMadeUp`.
  package var isMadeUp: Bool { group.isMadeUp }

  /// A claim, or a process that holds a node without one.
  package var isInUse: Bool { claim.state == .claimed || !claim.holders.isEmpty }

  /// User space owns the group, or a process holds it and may.
  package var isHeld: Bool {
    claim.state == .claimed || (claim.state == .unknown && !claim.holders.isEmpty)
  }
}

/// Whose the group is, by the drivers bound to its members.
package enum GroupAssignment: String, Sendable, CaseIterable {
  /// At least one member on a VFIO driver, none on a kernel driver.
  case userSpace = "user"
  /// Members on kernel drivers, none on a VFIO driver: the host uses it, as it should.
  case kernel
  /// Members of both kinds.
  case mixed
  /// No driver that would make it one or the other.
  case idle

  /// No VFIO driver is seen, and a driver could not be read.
  case unknown

  /// Whether somebody means user space to have the group.
  package var isForUserSpace: Bool { self == .userSpace || self == .mixed }

  /// The same, or it cannot be seen.
  package var mayBeForUserSpace: Bool { isForUserSpace || self == .unknown }

  /// A device whose unbind still waits counts as VFIO's: its user has it open.
  init(of group: IOMMUGroup, members: [MemberAssessment], signs: UnbindSigns) {
    let hasVFIO = members.contains(where: \.policy.isVFIO) || !signs.isEmpty
    let hasKernel = members.contains(where: \.policy.isKernel)
    self =
      switch (hasVFIO, hasKernel) {
      case (true, true): .mixed
      case (true, false): .userSpace
      case (false, _) where !group.isWhollyRead(in: members): .unknown
      case (false, true): .kernel
      case (false, false): .idle
      }
  }
}

extension IOMMUGroup {
  /// The members, or drivers of members, that could not be read.
  ///
  /// - Parameter members: those that could.
  func doubts(of members: [MemberAssessment]) -> [Doubt] {
    doubts(besides: members) + driverDoubts(of: members)
  }

  /// The members that could not be read.
  ///
  /// - Parameter members: those that could.
  func doubts(besides members: [MemberAssessment]) -> [Doubt] {
    var doubts: [Doubt] = []
    if let memberListFailure { doubts.append(.unread(.membersOfGroup(number), memberListFailure)) }
    doubts += unreadMembers.map { .unread(.member(link: $0.linkName.text), $0.failure) }
    guard members.count != self.members.count else { return doubts }
    let read = Set(members.map(\.device.path))
    for member in self.members where !read.contains(member.device) {
      doubts.append(.unread(.member(link: member.linkName.text), nil))
    }
    return doubts
  }

  /// The members whose driver could not be read, or what it is.
  func driverDoubts(of members: [MemberAssessment]) -> [Doubt] {
    members.compactMap(\.driverDoubt)
  }

  /// Whether every member could be read, with its driver.
  ///
  /// - Parameter members: those that could.
  func isWhollyRead(in members: [MemberAssessment]) -> Bool {
    isWhollyListed && members.count == self.members.count
      && !members.contains { $0.driverDoubt != nil }
  }
}

/// A member of a group with what its driver means for the group.
package struct MemberAssessment: Sendable, Equatable {
  package let device: Device
  package let policy: DriverPolicy
  /// A kernel driver on a bus that claims ownership: it adds to k (kernel-rules §0, §3.3).
  package let countsForKernel: Bool

  package init(device: Device, policy: DriverPolicy, countsForKernel: Bool) {
    self.device = device
    self.policy = policy
    self.countsForKernel = countsForKernel
  }

  package init(device: Device, behavior: KernelBehavior) {
    policy = DriverPolicy(of: device)
    countsForKernel = policy.isKernel && behavior.participation(of: device.bus).counts
    self.device = device
  }

  package var isBridge: Bool { device.header == .value(.bridge) }

  /// Its driver, or whether that is one of VFIO, could not be read.
  var driverDoubt: Doubt? {
    if let failure = device.driver.failure { return .unread(.driver(device.name), failure) }
    return policy.failure.map { .unread(.registration(device.name), $0) }
  }

  /// The member as one to blame.
  package var culprit: Culprit { Culprit(device: device.name, driver: policy.driver) }

  /// The fact that names its driver.
  package var driverEvidence: Evidence {
    Evidence(path: device.path / "driver", value: policy.driver?.text)
  }
}
