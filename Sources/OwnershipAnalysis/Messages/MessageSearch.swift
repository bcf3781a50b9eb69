package import HostModel

/// The rules that explain a message: of the kernel, of QEMU, of a whole log.
package struct MessageSearch: Sendable {
  /// The most likely cause first: the first cause of each message, of those the one with the fewest
  /// other causes, of those the longest message.
  package let matches: [Match]
  /// What the text names as a group, in its order: `group 13`, `/dev/vfio/13`.
  package let groups: [GroupNumber]
  /// What the text names by a PCI address, in its order; short ones are of domain 0.
  package let devices: [PCIAddress]
  /// The drivers that known messages name.
  let drivers: [DriverName]
  /// What an unknown text is most like.
  package let nearest: Nearest?

  package struct Match: Sendable {
    package let rule: Rule
    /// The known message, with what the text has in its holes.
    package let message: RulePage.Message
  }

  /// A known message that has words in common with the text.
  package struct Nearest: Sendable {
    package let rule: RuleSlug
    package let message: RulePage.Message
  }

  package init(_ text: String) {
    self.init(text, in: MessageCatalogue.known)
  }

  init(_ text: String, in known: KnownMessages) {
    let scan = MessageScan(text, in: known)
    matches = MessageRanking.causes(of: scan, in: known)
    groups = scan.groups
    devices = scan.devices
    drivers = scan.matches.compactMap { $0.driver.map { DriverName($0) } }
    nearest = matches.isEmpty ? MessageNeighbour.nearest(to: scan, in: known) : nil
  }

  /// Whether the text names a group or a device.
  package var namesPlaces: Bool { !groups.isEmpty || !devices.isEmpty }
}

/// Which of several causes comes first.
enum MessageRanking {
  private struct Candidate {
    /// The cause's place in its message, the number of causes, the words, the message's place.
    let key: (Int, Int, Int, Int)
    let cause: RuleSlug
    let message: RulePage.Message
  }

  static func causes(of scan: MessageScan, in known: KnownMessages) -> [MessageSearch.Match] {
    let candidates = scan.matches.enumerated().flatMap { order, found in
      let entry = known.forms[found.form]
      let causes = entry.form.cases[found.messageCase].causes
      let message = RulePage.Message(
        entry.printedBy, entry.form.text(with: found.values, errno: found.errno))
      return causes.enumerated().map { place, cause in
        Candidate(
          key: (place, causes.count, -found.literals, order), cause: cause, message: message)
      }
    }
    var seen: Set<RuleSlug> = []
    return candidates.sorted { $0.key < $1.key }.compactMap { candidate in
      guard seen.insert(candidate.cause).inserted,
        let rule = RuleCatalogue.rule(candidate.cause)
      else { return nil }
      return MessageSearch.Match(rule: rule, message: candidate.message)
    }
  }
}

extension MessageForm {
  /// The message with these values in its holes; the errno in English words.
  func text(with values: [String], errno: ErrorNumber?) -> String {
    var values = values[...]
    return MessagePattern.parts(of: text).map { part in
      guard let hole = part.hole else { return String(part.literal) }
      let value = values.popFirst() ?? "…"
      return switch hole {
      case .errno(let style): (errno.map { $0.text(in: style) } ?? value) + part.literal
      case .writeError: "write error" + part.literal
      default: (value.isEmpty ? "…" : value) + part.literal
      }
    }.joined()
  }
}
