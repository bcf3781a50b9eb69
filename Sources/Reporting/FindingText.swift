import HostModel
import OwnershipAnalysis

/// A finding for people: one line that says it, and under it what it rests on and what to do.
struct FindingText {
  private let finding: Finding
  private let palette: Palette
  private let detail: AuditText.Detail

  /// Longer values of attributes are cut; the JSON output has them whole.
  private static let valueLimit = 160
  /// A group can have hundreds of members, and each is a fact.
  private static let evidenceLimit = 8
  private static let indent = "    "

  init(_ finding: Finding, palette: Palette, detail: AuditText.Detail) {
    self.finding = finding
    self.palette = palette
    self.detail = detail
  }

  /// `error: group 1 is not viable: …  [mixed-group]`
  var headline: String {
    "\(palette.word(finding.severity)): \(TerminalText.escape(finding.message))"
      + "  [\(finding.rule)]\n"
  }

  /// The headline with evidence, remedy, symptom and what the verdict depends on.
  var full: String {
    headline
      + lines("evidence", evidence)
      + lines("remedy", [TerminalText.escape(finding.remedy)])
      + lines("symptom", finding.symptom.map { [TerminalText.escape($0)] } ?? [])
      + lines("depends", finding.dependsOn.map { TerminalText.escape($0.text) })
  }

  private var evidence: [String] {
    let all = finding.evidence
    let limit = detail == .verbose ? all.count : FindingText.evidenceLimit
    let shown = all.prefix(limit).map(FindingText.line)
    return all.count > limit ? shown + ["and \(all.count - limit) more (--verbose)"] : shown
  }

  private func lines(_ label: String, _ lines: [String]) -> String {
    let width = 10
    let blank = String(repeating: " ", count: width)
    let padded = label + String(repeating: " ", count: width - label.utf8.count)
    var text = ""
    for (position, line) in lines.filter({ !$0.isEmpty }).enumerated() {
      text += FindingText.indent + (position == 0 ? padded : blank) + line + "\n"
    }
    return text
  }

  private static func line(_ evidence: Evidence) -> String {
    let path = TerminalText.escape(evidence.path.description)
    guard let value = evidence.value else { return "\(path) is not there" }
    return "\(path) = \(TerminalText.escape(value, limit: valueLimit))"
  }
}
