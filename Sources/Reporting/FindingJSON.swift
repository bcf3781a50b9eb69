import HostModel
import OwnershipAnalysis

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
