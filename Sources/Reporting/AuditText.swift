import HostModel
package import OwnershipAnalysis

/// The answer of `audit`.
package struct AuditReport: Report {
  private let audit: Audit
  private let detail: AuditText.Detail

  package init(_ audit: Audit, detail: AuditText.Detail) {
    self.audit = audit
    self.detail = detail
  }

  package func text(in palette: Palette) -> String {
    AuditText(audit, detail: detail, palette: palette).text
  }

  package var json: JSONValue { AuditJSON(audit).value }
}

/// An audit for people: the verdict, each finding worst first, the groups that matter, a summary.
package struct AuditText {
  private let audit: Audit
  private let detail: Detail
  private let palette: Palette

  package enum Detail: Sendable {
    /// Informations are one line each, and many of one rule are cut short.
    case normal
    /// Everything with its evidence.
    case verbose
  }

  package init(_ audit: Audit, detail: Detail = .normal, palette: Palette = .plain) {
    self.audit = audit
    self.detail = detail
    self.palette = palette
  }

  package var text: String {
    let sections = [
      AuditVerdict(of: audit).text,
      findings,
      GroupTable(audit, detail: detail).text,
      ProblemNotes(audit.host, detail: detail).text,
      KernelNote(audit.kernel).text,
      AuditSummary(audit).text,
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// Findings that need an answer stand apart; informations follow in one block.
  private var findings: String {
    let serious = audit.findings.filter { $0.severity > .info || detail == .verbose }
    var blocks = serious.map { FindingText($0, palette: palette, detail: detail).full }
    if detail == .normal {
      let lines = informations
      if !lines.isEmpty { blocks.append(lines) }
    }
    return blocks.joined(separator: "\n")
  }

  /// One line each; of one rule at most a handful, since a large host repeats itself.
  private var informations: String {
    let limit = 4
    var seen: [RuleSlug: Int] = [:]
    var text = ""
    for finding in audit.findings where finding.severity == .info {
      seen[finding.rule, default: 0] += 1
      guard seen[finding.rule, default: 0] <= limit else { continue }
      text += FindingText(finding, palette: palette, detail: detail).headline
    }
    for (rule, count) in seen.sorted(by: { $0.key < $1.key }) where count > limit {
      text += "\(palette.word(.info)): \(count - limit) more like this (--verbose)  [\(rule)]\n"
    }
    return text
  }
}
