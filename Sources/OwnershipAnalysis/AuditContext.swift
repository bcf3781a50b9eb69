package import HostModel

/// What every rule may look at: the host, its kernel, and each group as already judged.
package struct AuditContext: Sendable {
  package let host: HostSnapshot
  package let kernel: KernelIdentity
  package let behavior: KernelBehavior
  package let groups: [GroupAssessment]

  package init(
    host: HostSnapshot, kernel: KernelIdentity, behavior: KernelBehavior,
    groups: [GroupAssessment]
  ) {
    self.host = host
    self.kernel = kernel
    self.behavior = behavior
    self.groups = groups
  }
}
