import HostModel
package import OwnershipAnalysis

/// The answer of `explain --message`.
package struct MessageReport: Report {
  private let search: MessageSearch
  private let groups: [MentionedGroup]

  /// - Parameter groups: those of the host that the message names.
  package init(_ search: MessageSearch, on groups: [MentionedGroup]) {
    self.search = search
    self.groups = groups
  }

  package func text(in palette: Palette) -> String {
    MessageText.text(of: search, on: groups, palette: palette)
  }

  package var json: JSONValue { MessageJSON.value(of: search, on: groups) }
}

/// What a message leads to, for people: each rule with the message that led to it, then the host.
package enum MessageText {
  package static func text(
    of search: MessageSearch, on groups: [MentionedGroup], palette: Palette = .plain
  ) -> String {
    let rules = search.matches.map { match in
      "\(match.rule.slug): \(match.rule.title)  [\(palette.word(match.rule.severity))]\n"
        + "    \(match.message.printedBy): \(match.message.text)\n"
    }
    let host = groups.map { "on this host \(TerminalText.escape($0.sentence))\n" }.joined()
    let found = rules.isEmpty ? "no rule matches this message\n" : rules.joined()
    return host.isEmpty ? found : found + "\n" + host
  }
}

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

extension MentionedGroup {
  /// One line: `group 13 is not viable: 0000:01:00.1 is bound to snd_hda_intel`.
  package var sentence: String {
    let place = device.map { "\($0) is in group \(number); " } ?? ""
    return switch viability {
    case .viable: "\(place)group \(number) is viable"
    case .notViable(let obstacles):
      "\(place)group \(number) is not viable: "
        + obstacles.map(\.text).joined(separator: "; ")
    case .undetermined(let doubts):
      "\(place)whether group \(number) is viable is not known: "
        + doubts.map(\.text).joined(separator: "; ")
    }
  }
}
