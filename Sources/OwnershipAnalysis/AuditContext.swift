package import HostModel

/// What every rule may look at: the host, its kernel, and each group as already judged.
package struct AuditContext: Sendable {
  package let host: HostSnapshot
  package let kernel: KernelIdentity
  package let behavior: KernelBehavior
  package let groups: [GroupAssessment]
  private let positions: [GroupNumber: Int]

  package init(
    host: HostSnapshot, kernel: KernelIdentity, behavior: KernelBehavior,
    groups: [GroupAssessment]
  ) {
    self.host = host
    self.kernel = kernel
    self.behavior = behavior
    self.groups = groups
    positions = Dictionary(
      groups.enumerated().map { ($1.group.number, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The judgement of this group.
  package func group(_ number: GroupNumber) -> GroupAssessment? {
    positions[number].map { groups[$0] }
  }
}
