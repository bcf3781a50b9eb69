package import OwnershipAnalysis

/// Rules for programs: the document `vfio-preflight/explain/1`.
package enum RulePageJSON {
  package static func value(_ rules: [Rule]) -> JSONValue {
    ["schema": "vfio-preflight/explain/1", "rules": .array(rules.map(rule))]
  }

  private static func rule(_ rule: Rule) -> JSONValue {
    [
      "rule": .string(rule.slug.text),
      "severity": .string(rule.severity.rawValue),
      "title": .string(rule.title),
      "meaning": .string(rule.page.meaning),
      "evidence": .array(rule.page.evidence.map(JSONValue.string)),
      "remedy": .string(rule.page.remedy),
      "kernels": .string(rule.page.kernels),
      "messages": .array(
        rule.page.messages.map {
          ["printed_by": .string($0.printedBy), "text": .string($0.text)]
        }),
      "source": .string(rule.page.source),
    ]
  }
}
