package import HostModel

/// The judgement of a host: every group, every finding.
package struct Audit: Sendable {
  package let host: HostSnapshot
  package let kernel: KernelIdentity
  package let behavior: KernelBehavior
  /// By number.
  package let groups: [GroupAssessment]
  /// Worst first, then by group, device and rule.
  package let findings: [Finding]

  package init(
    host: HostSnapshot, kernel: KernelIdentity, behavior: KernelBehavior,
    groups: [GroupAssessment], findings: [Finding]
  ) {
    self.host = host
    self.kernel = kernel
    self.behavior = behavior
    self.groups = groups
    self.findings = findings
  }
}
