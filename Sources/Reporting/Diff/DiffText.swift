import HostModel
package import OwnershipAnalysis

/// The answer of `diff`.
package struct DiffReport: Report {
  private let comparison: HostComparison
  private let detail: AuditText.Detail

  package init(_ comparison: HostComparison, detail: AuditText.Detail) {
    self.comparison = comparison
    self.detail = detail
  }

  package func text(in palette: Palette) -> String {
    DiffText(comparison, detail: detail, palette: palette).text
  }

  package var json: JSONValue { DiffJSON(comparison).value }
}

/// A comparison for people: the verdict, findings worst first, devices, groups, the host.
package struct DiffText {
  private let comparison: HostComparison
  private let detail: AuditText.Detail
  private let palette: Palette

  package init(
    _ comparison: HostComparison, detail: AuditText.Detail = .normal, palette: Palette = .plain
  ) {
    self.comparison = comparison
    self.detail = detail
    self.palette = palette
  }

  package var text: String {
    guard !comparison.isSame else {
      return (["no difference\n"] + [notAsked].filter { !$0.isEmpty }).joined(separator: "\n")
    }
    let sections = [
      DiffVerdict(comparison).text,
      findings,
      DiffDeviceTable(comparison.devices, detail: detail).text,
      DiffGroupTable(comparison.groups, detail: detail).text,
      settings,
      notes(title: "cannot be compared", comparison.unknowns.map(DiffText.line)),
      notes(
        title: "not read, of a device or group that only one host has",
        comparison.problems.filter { !$0.hidesChange }.map(DiffText.line)),
      notAsked,
      KernelNote(comparison.new.kernel).text,
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// What is new and needs an answer stands apart, with its evidence; the rest is a line each.
  private var findings: String {
    let serious = comparison.findings.filter { ($0.new?.severity ?? .info) > .info }
    let others = comparison.findings.filter { ($0.new?.severity ?? .info) <= .info }
    let blocks = serious.map { text(of: $0, isFull: true) }
    let lines = limited(others.map { text(of: $0, isFull: detail == .verbose) }, limit: 12)
    return (blocks + [lines.joined()].filter { !$0.isEmpty }).joined(separator: "\n")
  }

  private func text(of comparison: FindingComparison, isFull: Bool) -> String {
    guard let finding = comparison.new ?? comparison.old else { return "" }
    let state =
      if comparison.new == nil {
        "gone "
      } else {
        comparison.old.map { "\(palette.word($0.severity)) before, now " } ?? "new "
      }
    let text = FindingText(finding, palette: palette, detail: detail)
    let isNew = comparison.new != nil
    return state + (isFull && isNew ? text.full : text.headline)
      + (comparison.isDueToKernel
        ? LabelledLines.text("cause", ["only the rules of the other kernel"]) : "")
  }

  private func limited(_ lines: [String], limit: Int) -> [String] {
    guard detail == .normal, lines.count > limit else { return lines }
    return lines.prefix(limit) + ["and \(lines.count - limit) more (--verbose)\n"]
  }

  private var settings: String {
    var table = Table([Table.Column("HOST"), Table.Column("OLD"), Table.Column("NEW")])
    let old = comparison.old.kernel
    let new = comparison.new.kernel
    if old.release != new.release {
      table.add(["kernel", DiffText.cell(old.release), DiffText.cell(new.release)])
    }
    if old.version != new.version || old.regime != new.regime {
      table.add(["rules of", DiffText.rules(old), DiffText.rules(new)])
    }
    for setting in comparison.settings {
      table.add([
        setting.setting.rawValue, DiffText.cell(setting.old), DiffText.cell(setting.new),
      ])
    }
    return table.rows.isEmpty ? "" : table.text()
  }

  private static func cell(_ text: String?) -> String { text.map(TerminalText.escape) ?? "?" }

  private static func rules(_ kernel: KernelIdentity) -> String {
    let version = kernel.version?.description ?? "unknown"
    return "\(version) (\(AuditSummary.word(kernel.regime)))"
  }

  private func notes(title: String, _ lines: [String]) -> String {
    guard !lines.isEmpty else { return "" }
    return "note: \(title)\n" + limited(lines.map { "    \($0)\n" }, limit: 10).joined()
  }

  private static func line(_ unknown: HostComparison.Unknown) -> String {
    switch unknown {
    case .blank(let side): "\(side) host: \(AuditVerdict.blankHost)"
    case .groups: "both hosts: \(AuditVerdict.unreadList)"
    case .problem(let problem, let side):
      "\(side) host: \(TerminalText.escape(problem.description, limit: 200))"
    case .fact(let fact, let side):
      "\(side) host: \(ProblemNotes.names(of: [fact])) is not in its capture"
    case .viability(let number, let side):
      "\(side) host: whether group \(number) is viable is undetermined"
    case .claim(let number, let side): "\(side) host: who owns group \(number) is unknown"
    case .rule(let rule, let side):
      "\(side) host: whether rule \(rule) finds anything is undetermined"
    }
  }

  /// What one capture alone holds, in a line for each.
  private var notAsked: String {
    [ProblemComparison.Side.old, .new].map { side in
      let facts = comparison.notAsked.filter { $0.side == side }.map(\.fact)
      guard !facts.isEmpty else { return "" }
      return "note: the \(side) capture does not hold, so not compared: "
        + ProblemNotes.names(of: facts) + "\n"
    }.joined()
  }

  private static func line(_ problem: ProblemComparison) -> String {
    line(.problem(problem.problem, problem.side))
  }
}
