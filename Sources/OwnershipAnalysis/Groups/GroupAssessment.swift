package import HostModel

/// One group as the kernel would judge it now.
package struct GroupAssessment: Sendable, Equatable {
  package let group: IOMMUGroup
  /// The members that could be read, in the group's order.
  package let members: [MemberAssessment]
  package let use: GroupUse
  package let viability: Viability
  package let claim: ClaimAssessment
  /// What cannot be seen and could still make an open fail; one line each.
  package let dependsOn: [String]

  package init(
    group: IOMMUGroup, members: [MemberAssessment], use: GroupUse, viability: Viability,
    claim: ClaimAssessment, dependsOn: [String] = []
  ) {
    self.group = group
    self.members = members
    self.use = use
    self.viability = viability
    self.claim = claim
    self.dependsOn = dependsOn
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
