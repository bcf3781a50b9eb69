import HostModel
package import OwnershipAnalysis

/// A fleet: a line for each capture, written before the others are known; for people a summary.
package struct FleetReport: RowReport {
  private let columns: [Table.Column]

  /// A longer name moves the rest of its line.
  private static let nameLimit = 64
  /// The message is for people, and can hold text of a hostile capture.
  private static let reasonLimit = 200

  /// - Parameter names: of all captures, for the width of their column.
  package init(names: some Sequence<String>) {
    let longest = names.lazy.map { TerminalText.escape($0).unicodeScalars.count }.max() ?? 0
    let numbers =
      ["GROUPS", "VIABLE", "NOT-VIABLE"] + Severity.worstFirst.map { $0.rawValue.uppercased() }
    columns =
      [
        FleetReport.column("CAPTURE", width: min(longest, FleetReport.nameLimit)),
        FleetReport.column("VERDICT", width: Conclusion.cannotTell.word.utf8.count),
      ] + numbers.map { FleetReport.column($0, .right) } + [Table.Column("REASON")]
  }

  /// A column as wide as its title, in rows without heading too.
  private static func column(
    _ title: String, _ alignment: Table.Alignment = .left, width: Int = 0
  ) -> Table.Column {
    Table.Column(title, alignment, width: max(width, title.utf8.count))
  }

  package var heading: String { Table(columns).text() }

  package func text(of row: FleetRow, in palette: Palette) -> String {
    var table = Table(columns)
    let rule = row.rule.map { "  [\($0)]" } ?? ""
    table.add(
      [TerminalText.escape(row.name), palette.word(row.conclusion)] + numbers(of: row)
        + [TerminalText.escape(row.reason ?? "", limit: FleetReport.reasonLimit) + rule])
    return table.text(heading: false)
  }

  private func numbers(of row: FleetRow) -> [String] {
    guard let audit = row.audit else {
      return Array(repeating: "-", count: 3 + Severity.allCases.count)
    }
    let groups = GroupTally(audit)
    let findings = AuditSummary(audit)
    let counts =
      [groups.all, groups.viable, groups.notViable] + Severity.worstFirst.map(findings.count)
    return counts.map { String($0) }
  }

  package func json(of row: FleetRow) -> JSONValue { FleetJSON.value(row) }

  /// The last line.
  package func summary(of tally: FleetTally) -> String {
    let conclusions: [Conclusion] = [.fine, .warnings, .critical, .cannotTell]
    let verdicts = conclusions.filter { tally.count($0) > 0 }.map {
      "\(tally.count($0)) \($0.word)"
    }
    let groups = tally.groups
    let given =
      groups.given == 0
      ? "" : ", \(groups.given) given to user space, \(groups.notViable) of these not viable"
    return "\n\(counted(tally.captures, "capture")): \(verdicts.joined(separator: ", ")); "
      + "\(counted(groups.all, "group"))\(given)\n"
  }
}

extension FleetRow {
  /// Why the capture cannot be read; `nil` for one that was.
  var failure: String? {
    if case .unreadable(let reason) = answer { reason } else { nil }
  }

  /// The first thing to know of a capture that is not fine.
  var reason: String? {
    failure.map { "cannot read: \($0)" } ?? concern?.sentence
  }

  /// The rule that the reason is from, if it is from one.
  var rule: RuleSlug? {
    switch concern {
    case .finding(let finding): finding.rule
    case .question(let question): question.rule
    case .unreadGroups, .blank, .undetermined, nil: nil
    }
  }
}

extension Concern {
  fileprivate var sentence: String {
    switch self {
    case .finding(let finding): return finding.message
    case .unreadGroups(let failure): return "\(AuditVerdict.unreadList): \(failure)"
    case .blank: return AuditVerdict.blankHost
    case .undetermined(let group):
      let number = group.group.number
      let doubts = group.openDoubts.map(\.text).joined(separator: "; ")
      return "group \(number) is undetermined: \(doubts)"
    case .question(let question): return question.doubt.text
    }
  }
}

/// One capture of a fleet for programs: the document `vfio-preflight/fleet/1`.
///
/// It holds numbers and the names of rules, not the groups and findings themselves: those of one
/// hostile capture could fill the memory while they wait for their turn, and `audit --json` of the
/// one capture has them.
enum FleetJSON {
  static func value(_ row: FleetRow) -> JSONValue {
    [
      "schema": "vfio-preflight/fleet/1",
      "source": .string(row.source),
      "verdict": .string(row.conclusion.word),
      "exit_status": .exitStatus(row.conclusion),
      "error": JSONValue(row.failure),
      "reason": JSONValue(row.reason),
      "kernel": row.audit.map(kernel) ?? .null,
      "given": row.audit.map { given(GroupTally($0)) } ?? .null,
      "rules": .array(row.audit.map(rules) ?? []),
      "summary": row.audit.map(AuditJSON.summary(of:)) ?? .null,
    ]
  }

  private static func kernel(_ audit: Audit) -> JSONValue {
    [
      "release": JSONValue(audit.kernel.release),
      "version": JSONValue(audit.kernel.version?.description),
      "regime": .string(audit.kernel.regime.rawValue),
    ]
  }

  /// The groups that were given to user space.
  private static func given(_ groups: GroupTally) -> JSONValue {
    [
      "viable": .integer(groups.viable), "not_viable": .integer(groups.notViable),
      "undetermined": .integer(groups.undetermined),
    ]
  }

  /// Each rule that found something, the worst first.
  private static func rules(_ audit: Audit) -> [JSONValue] {
    var order: [RuleCount] = []
    for finding in audit.findings {
      let known = order.firstIndex { $0.rule == finding.rule && $0.severity == finding.severity }
      if let known {
        order[known].count += 1
      } else {
        order.append(RuleCount(rule: finding.rule, severity: finding.severity, count: 1))
      }
    }
    return order.map { entry in
      [
        "rule": .string(entry.rule.text), "severity": .string(entry.severity.rawValue),
        "findings": .integer(entry.count),
      ]
    }
  }

  private struct RuleCount {
    let rule: RuleSlug
    let severity: Severity
    var count: Int
  }
}
