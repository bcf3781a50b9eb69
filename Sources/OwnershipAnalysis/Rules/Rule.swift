/// One thing that can be wrong with a host for VFIO: its name, its page and how to find it.
///
/// A rule is one file in `Rules`, one name in `RuleSlug`, one line in `RuleCatalogue`, one firing
/// and one silent fixture.
/// A rule of predictions explains an answer of the kernel model and finds nothing by itself.
package struct Rule: Sendable {
  package let slug: RuleSlug
  /// The severity it usually has; a finding can differ by kernel.
  package let severity: Severity
  /// A few words, lower case.
  package let title: String
  package let page: RulePage
  /// What it finds, group by group and device by device in their order.
  package let findings: @Sendable (AuditContext) -> [Finding]
  /// What it would find if a fact that was not read is not as it should be.
  package let questions: @Sendable (AuditContext) -> [OpenQuestion]
  /// Whether an audit can find it; else only a prediction leads here.
  package let isForAudits: Bool
  /// Whether it says what the host loses, which a check and a prediction show.
  package let isOfHostUse: Bool

  package init(
    slug: RuleSlug, severity: Severity, title: String, page: RulePage,
    findings: @escaping @Sendable (AuditContext) -> [Finding],
    questions: @escaping @Sendable (AuditContext) -> [OpenQuestion] = { _ in [] }
  ) {
    self.slug = slug
    self.severity = severity
    self.title = title
    self.page = page
    self.findings = findings
    self.questions = questions
    isForAudits = true
    isOfHostUse = false
  }

  /// A rule that only predictions lead to.
  package init(forPredictions slug: RuleSlug, title: String, page: RulePage) {
    self.slug = slug
    severity = .error
    self.title = title
    self.page = page
    findings = { _ in [] }
    questions = { _ in [] }
    isForAudits = false
    isOfHostUse = false
  }

  /// A rule about what the host loses with a device.
  package init(ofHostUse slug: RuleSlug, severity: Severity, title: String, page: RulePage) {
    self.slug = slug
    self.severity = severity
    self.title = title
    self.page = page
    findings = { _ in [] }
    questions = { _ in [] }
    isForAudits = false
    isOfHostUse = true
  }
}

/// What `explain` and the rules' man page say of a rule; plain text, one paragraph each.
package struct RulePage: Sendable {
  /// What is wrong, and why the kernel refuses it.
  package let meaning: String
  /// How to see it by hand: shell commands, one each.
  package let evidence: [String]
  /// What to do.
  package let remedy: String
  /// Which kernels it concerns.
  package let kernels: String
  /// Messages that lead here, word for word, with who prints them.
  package let messages: [Message]
  /// Sections of the kernel's rules and the functions that decide: the source of the verdict.
  package let source: String

  package struct Message: Sendable, Hashable {
    /// `QEMU`, `kernel`, `libvirt`, `DPDK`, `shell`, …
    package let printedBy: String
    package let text: String

    package init(_ printedBy: String, _ text: String) {
      self.printedBy = printedBy
      self.text = text
    }
  }

  package init(
    meaning: String, evidence: [String], remedy: String, kernels: String, messages: [Message] = [],
    source: String
  ) {
    self.meaning = meaning
    self.evidence = evidence
    self.remedy = remedy
    self.kernels = kernels
    self.messages = messages
    self.source = source
  }
}
