import HostModel
package import OwnershipAnalysis

/// What a message leads to, for programs: the document `vfio-preflight/message/1`.
package enum MessageJSON {
  package static func value(of search: MessageSearch, on groups: [MentionedGroup]) -> JSONValue {
    [
      "schema": "vfio-preflight/message/1",
      "matches": .array(search.matches.map(match)),
      "groups": .array(groups.map(group)),
      "exit_status": .exitStatus(Conclusion(of: search)),
    ]
  }

  private static func match(_ match: MessageSearch.Match) -> JSONValue {
    [
      "rule": .string(match.rule.slug.text),
      "severity": .string(match.rule.severity.rawValue),
      "title": .string(match.rule.title),
      "printed_by": .string(match.message.printedBy),
      "text": .string(match.message.text),
    ]
  }

  private static func group(_ group: MentionedGroup) -> JSONValue {
    [
      "group": .integer(Int(group.number.value)),
      "device": JSONValue(group.device?.text),
      "viability": .string(group.viability.word),
      "culprits": .array(
        group.culprits.map {
          ["device": .string($0.device.text), "driver": JSONValue($0.driver?.text)]
        }),
      "sentence": .string(group.sentence),
    ]
  }
}
