/// One reason why an open fails: who is to blame, and what the kernel answers.
package struct Obstacle: Sendable, Hashable {
  package let reason: Reason
  /// The devices to blame, each with its driver; empty when the group as a whole is.
  package let culprits: [Culprit]
  package let refusal: Refusal
  /// The rule that explains it.
  package let rule: RuleSlug
  /// What QEMU prints when it meets this.
  package let symptom: String

  package enum Reason: String, Sendable {
    /// A kernel driver on a participating bus is bound (regime B: owner_cnt > 0).
    case kernelDriver = "kernel-driver"
    /// A member's driver is not one that VFIO allows beside it (regime A).
    case driverNotAllowed = "driver-not-allowed"
    /// The firmware demands a 1:1 mapping.
    case directRegion = "direct-region"
    /// Members on different buses (up to 5.19).
    case mixedBuses = "mixed-buses"
    /// Interrupts are not isolated and the parameter does not allow it.
    case unsafeInterrupts = "unsafe-interrupts"
  }

  package init(
    reason: Reason, culprits: [Culprit], refusal: Refusal, rule: RuleSlug, symptom: String
  ) {
    self.reason = reason
    self.culprits = culprits
    self.refusal = refusal
    self.rule = rule
    self.symptom = symptom
  }
}
