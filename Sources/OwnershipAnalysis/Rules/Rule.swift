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
  /// Whether an audit can find it; else only a prediction leads here.
  package let isForAudits: Bool

  package init(
    slug: RuleSlug, severity: Severity, title: String, page: RulePage,
    findings: @escaping @Sendable (AuditContext) -> [Finding]
  ) {
    self.slug = slug
    self.severity = severity
    self.title = title
    self.page = page
    self.findings = findings
    isForAudits = true
  }

  /// A rule that only predictions lead to.
  package init(forPredictions slug: RuleSlug, title: String, page: RulePage) {
    self.slug = slug
    severity = .error
    self.title = title
    self.page = page
    findings = { _ in [] }
    isForAudits = false
  }
}
