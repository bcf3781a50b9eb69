package import HostModel

/// The rules that explain a message: of the kernel, of QEMU, of a whole log.
package struct MessageSearch: Sendable {
  /// Best first: the longest known message that the text has, else the one that the text is part
  /// of; equally good ones in the order of the catalogue.
  package let matches: [Match]
  /// What the text names as a group: `group 13`, `/dev/vfio/13`; ascending.
  package let groups: [GroupNumber]
  /// What the text names by a PCI address, short ones of domain 0 too; ascending.
  package let devices: [PCIAddress]

  package struct Match: Sendable {
    package let rule: Rule
    /// The known message, word for word.
    package let message: RulePage.Message
  }

  package init(_ text: String, in rules: [Rule] = RuleCatalogue.all) {
    let words = MessageWords(text)
    let ranked = rules.compactMap { rule -> (score: Int, match: Match)? in
      let scored = rule.page.messages.map { message in
        (score: KnownMessage(message.text).score(in: words.words), message: message)
      }
      guard let best = scored.map(\.score).max(), best > 0,
        let message = scored.first(where: { $0.score == best })?.message
      else { return nil }
      return (best, Match(rule: rule, message: message))
    }
    matches =
      ranked.enumerated().sorted { left, right in
        (right.element.score, left.offset) < (left.element.score, right.offset)
      }.map(\.element.match)
    groups = MessageSearch.groups(in: words)
    devices = Set(words.numbers.values.compactMap { PCIAddress($0, shortForm: true) }).sorted()
  }

  private static let groupWords: Set<String> = ["group", "iommu_group", "iommu_groups"]

  private static func groups(in words: MessageWords) -> [GroupNumber] {
    let numbers = words.numbers.compactMap { place, text -> GroupNumber? in
      guard place > 0 else { return nil }
      let before = words.words[place - 1]
      let isNode = before == "vfio" && place > 1 && words.words[place - 2] == "dev"
      return groupWords.contains(before) || isNode ? GroupNumber(text) : nil
    }
    return Set(numbers).sorted()
  }
}

/// A message of a rule's page, ready to be found in a text.
private struct KnownMessage {
  /// Its words; between two parts stands `…` for whatever the program printed there.
  private let parts: [[String]]

  /// One word in so many may differ: a name that the page took from its example.
  private static let wordsPerDifference = 8
  /// A text of fewer words says too little to be taken for a part of a message.
  private static let fewestWords = 2
  /// Above the score of any text that is only a part of a message.
  private static let wholeMessage = 1 << 16

  init(_ text: String) {
    parts = text.split(separator: "…").map { MessageWords(String($0)).words }.filter { !$0.isEmpty }
  }

  private var count: Int { parts.reduce(0) { $0 + $1.count } }

  /// The more words agree the better; 0 for none.
  func score(in text: [String]) -> Int {
    if let differences = differences(in: text) {
      return KnownMessage.wholeMessage + 2 * count - 3 * differences
    }
    guard text.count >= KnownMessage.fewestWords,
      text.contains(where: { $0 != MessageWords.number })
    else { return 0 }
    return parts.contains { KnownMessage.place(of: text, in: $0[...], allowing: 0) != nil }
      ? text.count : 0
  }

  /// In how many words the text differs where it has the message; `nil` when it has it nowhere.
  private func differences(in text: [String]) -> Int? {
    var rest = text[...]
    var differences = 0
    for part in parts {
      let allowed = part.count / KnownMessage.wordsPerDifference
      guard let found = KnownMessage.place(of: part, in: rest, allowing: allowed) else {
        return nil
      }
      differences += found.differences
      rest = rest[found.end...]
    }
    return parts.isEmpty ? nil : differences
  }

  /// Where the words stand in a row with the fewest differences, the first of such places.
  private static func place(
    of words: [String], in text: ArraySlice<String>, allowing limit: Int
  ) -> (end: Int, differences: Int)? {
    guard words.count <= text.count else { return nil }
    var best: (end: Int, differences: Int)?
    for start in text.startIndex...(text.endIndex - words.count) {
      let bound = best.map { $0.differences - 1 } ?? limit
      guard bound >= 0 else { break }
      var differences = 0
      for (offset, word) in words.enumerated() where text[start + offset] != word {
        differences += 1
        if differences > bound { break }
      }
      if differences <= bound { best = (start + words.count, differences) }
    }
    return best
  }
}

/// A group that a message names by its number or by a device of it, as it is on a host.
package struct MentionedGroup: Sendable, Equatable {
  package let number: GroupNumber
  /// The device that the message names in place of the group.
  package let device: DeviceName?
  package let viability: Viability
  /// The devices to blame, in the order in which the kernel meets them.
  package var culprits: [Culprit] { viability.obstacles.flatMap(\.culprits) }
}

extension MessageSearch {
  /// Whether a host could say more: the text names a group or a device.
  package var namesPlaces: Bool { !groups.isEmpty || !devices.isEmpty }

  /// The groups of the host that the text names, each once; those named by number first.
  package func mentionedGroups(on audit: Audit) -> [MentionedGroup] {
    let named = groups.map { (number: $0, device: DeviceName?.none) }
    let held = devices.map { DeviceName($0) }.compactMap { name in
      audit.host.devices.first { $0.name == name && $0.bus == .pci }?.group.value
        .map { (number: $0, device: Optional(name)) }
    }
    var seen: Set<GroupNumber> = []
    return (named + held).compactMap { place in
      guard let group = audit.groups.first(where: { $0.group.number == place.number }),
        seen.insert(place.number).inserted
      else { return nil }
      return MentionedGroup(
        number: place.number, device: place.device, viability: group.viability)
    }
  }
}
