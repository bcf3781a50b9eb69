package import HostModel

/// One group as the kernel would judge it now.
package struct GroupAssessment: Sendable, Equatable {
  package let group: IOMMUGroup
  package let members: [MemberAssessment]
  package let use: GroupUse
  package let viability: Viability
  package let claim: ClaimAssessment

  package init(
    group: IOMMUGroup, members: [MemberAssessment], use: GroupUse, viability: Viability,
    claim: ClaimAssessment
  ) {
    self.group = group
    self.members = members
    self.use = use
    self.viability = viability
    self.claim = claim
  }

  /// The devices bound to kernel drivers of participating buses (kernel-rules §0: k).
  package var kernelBound: [MemberAssessment] { members.filter(\.countsForKernel) }
}

/// Whose the group is, by the drivers bound to its members.
package enum GroupUse: String, Sendable, CaseIterable {
  /// At least one member on a VFIO driver, none on a kernel driver.
  case userSpace = "user"
  /// Members on kernel drivers, none on a VFIO driver: the host uses it, as it should.
  case kernel
  /// Members of both kinds.
  case mixed
  /// No driver that would make it one or the other.
  case idle
}

/// A member with what its driver means for the group.
package struct MemberAssessment: Sendable, Equatable {
  package let device: Device
  package let policy: DriverPolicy
  /// The driver participates in DMA ownership and is counted: it makes k greater than zero.
  package let countsForKernel: Bool

  package init(device: Device, policy: DriverPolicy, countsForKernel: Bool) {
    self.device = device
    self.policy = policy
    self.countsForKernel = countsForKernel
  }
}
