import HostModel
import OwnershipAnalysis

/// A fleet for people: a line for each capture, written before the others are known, and a summary.
package struct FleetText: Sendable {
  private let columns: [Table.Column]
  private let palette: Palette

  /// A longer name moves the rest of its line.
  private static let nameLimit = 64
  /// The message is for people, and can hold text of a hostile capture.
  private static let reasonLimit = 200

  /// - Parameter names: of all captures, for the width of their column.
  package init(names: some Sequence<String>, palette: Palette = .plain) {
    let longest = names.lazy.map { TerminalText.escape($0).unicodeScalars.count }.max() ?? 0
    let numbers =
      ["GROUPS", "VIABLE", "NOT-VIABLE"] + Severity.worstFirst.map { $0.rawValue.uppercased() }
    columns =
      [
        FleetText.column("CAPTURE", width: min(longest, FleetText.nameLimit)),
        FleetText.column("VERDICT", width: ExitStatus.cannotTell.word.utf8.count),
      ] + numbers.map { FleetText.column($0, .right) } + [Table.Column("REASON")]
    self.palette = palette
  }

  /// A column as wide as its title, in rows without heading too.
  private static func column(
    _ title: String, _ alignment: Table.Alignment = .left, width: Int = 0
  ) -> Table.Column {
    Table.Column(title, alignment, width: max(width, title.utf8.count))
  }

  package var heading: String { Table(columns).text() }

  package func line(_ row: FleetRow) -> String {
    var table = Table(columns)
    let rule = row.rule.map { "  [\($0)]" } ?? ""
    table.add(
      [TerminalText.escape(row.name), palette.word(row.status)] + numbers(of: row)
        + [TerminalText.escape(row.reason ?? "", limit: FleetText.reasonLimit) + rule])
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

  /// The last line.
  package static func summary(_ tally: FleetTally) -> String {
    let statuses: [ExitStatus] = [.fine, .warnings, .critical, .cannotTell]
    let verdicts = statuses.filter { tally.count($0) > 0 }.map { "\(tally.count($0)) \($0.word)" }
    let groups = tally.groups
    let given =
      groups.given == 0
      ? "" : ", \(groups.given) given to user space, \(groups.notViable) of these not viable"
    return "\n\(counted(tally.captures, "capture")): \(verdicts.joined(separator: ", ")); "
      + "\(counted(groups.all, "group"))\(given)\n"
  }
}

extension Severity {
  static let worstFirst: [Severity] = allCases.sorted(by: >)
}
