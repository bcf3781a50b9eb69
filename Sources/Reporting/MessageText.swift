import HostModel
package import OwnershipAnalysis

/// The answer of `explain --message`.
package struct MessageReport: Report {
  private let search: MessageSearch
  private let answer: MessageAnswer

  package init(_ search: MessageSearch, _ answer: MessageAnswer) {
    self.search = search
    self.answer = answer
  }

  package func text(in palette: Palette) -> String {
    MessageText.text(of: search, answer, palette: palette)
  }

  package var json: JSONValue { MessageJSON.value(of: search, answer) }
}

/// What a message leads to, for people: what the host shows, then each cause with the message that
/// leads to it.
package enum MessageText {
  package static func text(
    of search: MessageSearch, _ answer: MessageAnswer, palette: Palette = .plain
  ) -> String {
    var host = answer.places.map { "on this host \(TerminalText.escape($0.sentence))\n" }.joined()
    if answer.isContradicted {
      host += "the host shows no cause of this now: it has changed since, or is another one\n"
    }
    let causes =
      answer.causes.isEmpty ? unknown(search) : answer.causes.map { text(of: $0, palette) }.joined()
    return host.isEmpty ? causes : host + "\n" + causes
  }

  private static func text(of cause: MessageAnswer.Cause, _ palette: Palette) -> String {
    let match = cause.match
    var text = "\(match.rule.slug): \(match.rule.title)  [\(palette.word(match.rule.severity))]\n"
    text += "    \(match.message.printedBy): \(TerminalText.escape(match.message.text))\n"
    if case .shown(let fact, let remedy) = cause.bearing {
      text += "    this host: \(TerminalText.escape(fact))\n"
      if let remedy { text += "    remedy: \(TerminalText.escape(remedy))\n" }
    }
    return text
  }

  private static func unknown(_ search: MessageSearch) -> String {
    let nearest = search.nearest.map {
      "; the nearest is of \($0.rule), \($0.message.printedBy): \($0.message.text)"
    }
    return "no known message in this text\(nearest ?? "")\n"
  }
}

/// What a message leads to, for programs: the document `vfio-preflight/message/1`.
package enum MessageJSON {
  package static func value(of search: MessageSearch, _ answer: MessageAnswer) -> JSONValue {
    [
      "schema": "vfio-preflight/message/1",
      "matches": .array(answer.causes.map(cause)),
      "ruled_out": .integer(answer.excluded),
      "places": .array(answer.places.map(place)),
      "nearest": search.nearest.map(nearest) ?? .null,
      "exit_status": .exitStatus(Conclusion(of: search)),
    ]
  }

  private static func cause(_ cause: MessageAnswer.Cause) -> JSONValue {
    var fact: String?
    var remedy: String?
    if case .shown(let shown, let advice) = cause.bearing {
      fact = shown
      remedy = advice
    }
    return [
      "rule": .string(cause.match.rule.slug.text),
      "severity": .string(cause.match.rule.severity.rawValue),
      "title": .string(cause.match.rule.title),
      "printed_by": .string(cause.match.message.printedBy),
      "text": .string(cause.match.message.text),
      "fact": JSONValue(fact),
      "remedy": JSONValue(remedy),
    ]
  }

  private static func nearest(_ nearest: MessageSearch.Nearest) -> JSONValue {
    [
      "rule": .string(nearest.rule.text),
      "printed_by": .string(nearest.message.printedBy),
      "text": .string(nearest.message.text),
    ]
  }

  private static func place(_ place: MessagePlace) -> JSONValue {
    [
      "group": place.group.map { .integer(Int($0.value)) } ?? .null,
      "device": JSONValue(place.device?.text),
      "driver": JSONValue(place.driver?.text),
      "viability": JSONValue(place.viability?.word),
      "culprits": .array(
        place.culprits.map {
          ["device": .string($0.device.text), "driver": JSONValue($0.driver?.text)]
        }),
      "holders": .array(place.holders.map(JSONValue.string)),
      "sentence": .string(place.sentence),
    ]
  }
}

extension MessagePlace {
  /// One line: `group 13 is not viable: 0000:01:00.1 is bound to snd_hda_intel`.
  package var sentence: String {
    guard let device else {
      guard let group else { return "nothing is named" }
      return isOnHost ? state(of: group) : "there is no group \(group)"
    }
    guard isOnHost else { return "there is no device \(device)" }
    let binding = Phrase.binding(device, driver)
    guard let group else { return "\(binding) and is in no IOMMU group" }
    return "\(binding) and is in group \(group); \(state(of: group))"
  }

  private func state(of group: GroupNumber) -> String {
    let use = holders.isEmpty ? "" : ", in use by \(holders.joined(separator: ", "))"
    return switch viability {
    case .viable:
      fault
        ?? (isGiven
          ? "group \(group) is viable\(use)"
          : "no member of group \(group) is on a VFIO driver")
    case .notViable(let obstacles):
      "group \(group) is not viable: " + obstacles.map(\.text).joined(separator: "; ")
    case .undetermined(let doubts):
      "whether group \(group) is viable is not known: "
        + doubts.map(\.text).joined(separator: "; ")
    case nil: "group \(group) could not be read"
    }
  }
}
