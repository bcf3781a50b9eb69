/// One thing that can be wrong with a host for VFIO: its name, its page and how to find it.
///
/// A rule is one file in `Rules`, one line in `RuleCatalogue`, one firing and one silent fixture.
package struct Rule: Sendable {
  package let slug: RuleSlug
  /// The severity it usually has; a finding can differ by kernel.
  package let severity: Severity
  /// A few words, lower case.
  package let title: String
  package let page: RulePage
  /// What it finds, group by group and device by device in their order.
  package let findings: @Sendable (AuditContext) -> [Finding]

  package init(
    slug: RuleSlug, severity: Severity, title: String, page: RulePage,
    findings: @escaping @Sendable (AuditContext) -> [Finding]
  ) {
    self.slug = slug
    self.severity = severity
    self.title = title
    self.page = page
    self.findings = findings
  }
}
