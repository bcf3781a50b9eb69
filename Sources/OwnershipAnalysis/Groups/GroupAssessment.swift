package import HostModel

/// One group as the kernel would judge it now.
package struct GroupAssessment: Sendable, Equatable {
  package let group: IOMMUGroup
  /// The members that could be read, in the group's order.
  package let members: [MemberAssessment]
  package let use: GroupUse
  package let viability: Viability
  package let claim: ClaimAssessment
  /// The VFIO files that processes hold of it.
  let openFiles: OpenFiles
  /// What shows that an unbind of a member waits.
  let unbindSigns: UnbindSigns
  /// What cannot be seen and could still make an open fail.
  package let dependsOn: [Doubt]

  /// A group that nothing has open.
  package init(
    group: IOMMUGroup, members: [MemberAssessment], use: GroupUse, viability: Viability,
    claim: ClaimAssessment
  ) {
    self.group = group
    self.members = members
    self.use = use
    self.viability = viability
    self.claim = claim
    dependsOn = []
    openFiles = OpenFiles()
    unbindSigns = .none
  }

  /// One group as this kernel would judge it now.
  init(
    _ group: IOMMUGroup, host: HostSnapshot, files: OpenFileIndex, behavior: KernelBehavior
  ) {
    let members = host.members(of: group).map { MemberAssessment(device: $0, behavior: behavior) }
    let opening = GroupOpening(of: group, members: members, host: host, behavior: behavior)
    self.group = group
    self.members = members
    openFiles = files.files(of: group, members: members)
    unbindSigns = UnbindSigns(in: group, members: members, host: host)
    use = GroupUse(of: group, members: members, signs: unbindSigns)
    viability = opening.viability
    claim = ClaimAssessment(
      of: group, members: members, files: openFiles, signs: unbindSigns, host: host,
      behavior: behavior)
    dependsOn = opening.dependsOn
  }

  /// The members on VFIO drivers.
  package var vfioBound: [MemberAssessment] { members.filter(\.policy.isVFIO) }

  /// Whether VFIO made the group up; see `IOMMUGroup.isMadeUp`.
  package var isMadeUp: Bool { group.isMadeUp }

  /// User space owns the group, or a process holds it and may.
  package var isHeld: Bool {
    claim.state == .claimed || (claim.state == .unknown && !claim.holders.isEmpty)
  }
}
