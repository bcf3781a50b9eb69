/// One thing that can be wrong with a host for VFIO: its name, its page and how to find it.
///
/// A rule is one file in `Rules`, one name in `RuleSlug`, one line in `RuleCatalogue`, one firing
/// and one silent fixture.
/// A rule of predictions or messages explains an answer of the kernel model, or what a program
/// prints, and finds nothing by itself.
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
  /// What can lead to it.
  package let use: Use

  package enum Use: Sendable {
    /// An audit finds it.
    case audits
    /// An answer of the kernel model.
    case predictions
    /// What the host loses with a device, which a check and a prediction show.
    case hostUse
    /// What a program prints; no host shows it.
    case messages
  }

  /// What programs print when it is the reason, from the catalogue of messages.
  package var messages: [RulePage.Message] { MessageCatalogue.messages(leadingTo: slug) }

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
    use = .audits
  }

  /// A rule that only predictions lead to.
  package init(forPredictions slug: RuleSlug, title: String, page: RulePage) {
    self.init(slug, title: title, page: page, use: .predictions)
  }

  /// A rule that only messages lead to.
  package init(forMessages slug: RuleSlug, title: String, page: RulePage) {
    self.init(slug, title: title, page: page, use: .messages)
  }

  private init(_ slug: RuleSlug, title: String, page: RulePage, use: Use) {
    self.slug = slug
    severity = .error
    self.title = title
    self.page = page
    findings = { _ in [] }
    questions = { _ in [] }
    self.use = use
  }

  /// A rule about what the host loses with a device.
  package init(ofHostUse slug: RuleSlug, severity: Severity, title: String, page: RulePage) {
    self.slug = slug
    self.severity = severity
    self.title = title
    self.page = page
    findings = { _ in [] }
    questions = { _ in [] }
    use = .hostUse
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
    meaning: String, evidence: [String], remedy: String, kernels: String, source: String
  ) {
    self.meaning = meaning
    self.evidence = evidence
    self.remedy = remedy
    self.kernels = kernels
    self.source = source
  }
}
