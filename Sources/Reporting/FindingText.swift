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
      + LabelledLines.text("evidence", evidence)
      + LabelledLines.text("remedy", [finding.remedy])
      + LabelledLines.text("symptom", finding.symptom.map { [$0] } ?? [])
      + LabelledLines.text("depends", finding.dependsOn.map(\.text))
  }

  private var evidence: [String] {
    let all = finding.evidence
    let limit = detail == .verbose ? all.count : FindingText.evidenceLimit
    let shown = all.prefix(limit).map(FindingText.line)
    return all.count > limit ? shown + ["and \(all.count - limit) more (--verbose)"] : shown
  }

  private static func line(_ evidence: Evidence) -> String {
    let path = TerminalText.escape(evidence.path.description)
    guard let value = evidence.value else { return "\(path) is not there" }
    return "\(path) = \(TerminalText.escape(value, limit: valueLimit))"
  }
}

/// Indented lines under an answer, with a label before the first.
enum LabelledLines {
  /// - Parameter lines: text of a host among it; escaped here. Empty ones are left out.
  static func text(_ label: String, _ lines: [String]) -> String {
    var text = ""
    for line in lines where !line.isEmpty {
      let head = text.isEmpty ? label : ""
      text += "    "
      text += head
      text += "          ".dropFirst(head.utf8.count)
      text += TerminalText.escape(line)
      text += "\n"
    }
    return text
  }
}

/// Findings and their evidence in the audit document.
enum FindingJSON {
  static func value(_ finding: Finding) -> JSONValue {
    [
      "rule": .string(finding.rule.text),
      "severity": .string(finding.severity.rawValue),
      "group": JSONValue((finding.group?.value).map(Int.init)),
      "devices": .array(finding.devices.map { .string($0.text) }),
      "message": .string(finding.message),
      "evidence": .array(finding.evidence.map(evidence)),
      "remedy": .string(finding.remedy),
      "symptom": JSONValue(finding.symptom),
      "depends_on": .array(finding.dependsOn.map { .string($0.text) }),
      "depends_on_codes": .array(finding.dependsOn.map { .string($0.code) }),
    ]
  }

  static func evidence(_ evidence: Evidence) -> JSONValue {
    ["path": .string(evidence.path.description), "value": JSONValue(evidence.value)]
  }
}
