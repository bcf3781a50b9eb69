package import HostModel
package import OwnershipAnalysis

/// The answer of `audit`.
package struct AuditReport: Report {
  private let audit: Audit
  private let detail: AuditText.Detail
  private let source: String?

  /// - Parameter source: what `--sysroot` was given, for the command that is shown.
  package init(_ audit: Audit, detail: AuditText.Detail, from source: String? = nil) {
    self.audit = audit
    self.detail = detail
    self.source = source
  }

  package func text(in palette: Palette) -> String {
    AuditText(audit, detail: detail, palette: palette, from: source).text
  }

  package var json: JSONValue { AuditJSON(audit).value }

  /// What has to be read for the answer in this form.
  package static func neededFacts(in form: OutputForm) -> NeededFacts {
    var facts = NeededFacts.judgement
    switch form {
    case .quiet: break
    case .text: facts.shownHostUse = true
    case .json: facts = AuditJSON.neededFacts
    }
    return facts
  }
}

/// An audit for people: the verdict, each finding worst first, the groups that matter, a summary.
package struct AuditText {
  private let audit: Audit
  private let detail: Detail
  private let palette: Palette
  private let source: String?

  package enum Detail: Sendable {
    /// Informational findings are one line each, and many of one rule are cut short.
    case normal
    /// Everything with its evidence.
    case verbose
  }

  /// - Parameter source: what `--sysroot` was given, for the command that is shown.
  package init(
    _ audit: Audit, detail: Detail = .normal, palette: Palette = .plain, from source: String? = nil
  ) {
    self.audit = audit
    self.detail = detail
    self.palette = palette
    self.source = source
  }

  package var text: String {
    let sections = [
      AuditVerdict(of: audit).text,
      findings,
      questions,
      candidates,
      GroupTable(audit, detail: detail).text,
      ProblemNotes(audit.host, detail: detail).text,
      KernelNote(audit.kernel).text,
      AuditSummary(audit).text,
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// Where nothing is given to user space yet: what could be.
  private var candidates: String {
    guard AuditVerdict(of: audit) == .noneGiven else { return "" }
    let candidates = Candidate.all(of: audit)
    return CandidateTable(candidates, from: source, limit: detail == .verbose ? .max : 12).text
  }

  /// Findings that need an answer stand apart; informational ones follow in one block.
  private var findings: String {
    let serious = audit.findings.filter { $0.severity > .info || detail == .verbose }
    var blocks = serious.map { FindingText($0, palette: palette, detail: detail).full }
    if detail == .normal {
      let lines = informational
      if !lines.isEmpty { blocks.append(lines) }
    }
    return blocks.joined(separator: "\n")
  }

  /// Rules that unread facts leave open, a line for each kind of fact.
  private var questions: String {
    var counts: [QuestionKind: Int] = [:]
    for question in audit.questions { counts[QuestionKind(question), default: 0] += 1 }
    var text = ""
    for question in audit.questions {
      guard let count = counts.removeValue(forKey: QuestionKind(question)) else { continue }
      let more = count == 1 ? "" : " (and \(count - 1) more like this)"
      text +=
        "undetermined: \(TerminalText.escape(question.doubt.text))\(more)  [\(question.rule)]\n"
    }
    return text
  }

  private struct QuestionKind: Hashable {
    let rule: RuleSlug
    let code: String

    init(_ question: OpenQuestion) {
      rule = question.rule
      code = question.doubt.code
    }
  }

  /// One line each; of one rule at most a handful, since a large host repeats itself.
  private var informational: String {
    let limit = 4
    var seen: [RuleSlug: Int] = [:]
    var text = ""
    for finding in audit.findings where finding.severity == .info {
      seen[finding.rule, default: 0] += 1
      guard seen[finding.rule, default: 0] <= limit else { continue }
      text += FindingText(finding, palette: palette, detail: detail).headline
    }
    for (rule, count) in seen.sorted(by: { $0.key < $1.key }) where count > limit {
      text += "\(palette.word(.info)): \(count - limit) more like this (--verbose)  [\(rule)]\n"
    }
    return text
  }
}

extension AuditVerdict {
  static let blankHost = "nothing of a host is there"
  static let unreadList = "the IOMMU groups could not be read"

  /// The first lines of an audit.
  var text: String {
    if case .given(let groups) = self { AuditVerdict.text(of: groups) } else { line + "\n" }
  }

  /// The verdict where no group is given to user space, without the end of the line.
  package var line: String {
    switch self {
    case .unreadGroups(let failure):
      "cannot tell: \(AuditVerdict.unreadList): \(TerminalText.escape(failure.description))"
    case .blank:
      "cannot tell: \(AuditVerdict.blankHost), no IOMMU groups, no buses, no kernel release"
    case .noGroups: "no IOMMU group on this host: user space can be given no device"
    case .noneSelected: "no IOMMU group belongs to the selection"
    case .noneGiven: "no group is given to user space: no device is on a VFIO driver"
    case .given: ""
    }
  }

  private static func text(of groups: GivenGroups) -> String {
    line("not viable", groups.notViable, "user space cannot open", it: "it", them: "them")
      + line("undetermined", groups.undetermined, "what would settle it is listed below")
      + line(
        "not isolated", groups.notIsolated,
        "no IOMMU stands between the device and this host's memory")
      + line("in use", groups.inUse, "user space has", it: "it open", them: "them open")
      + line(
        "not usable", groups.withoutBackend,
        "viable, but vfio_iommu_type1, which maps memory, is not loaded")
      + line("viable", groups.viable, "user space can open", it: "it", them: "them")
  }

  /// - Parameters:
  ///   - it: what ends the sentence about one group.
  ///   - them: what ends it about several.
  private static func line(
    _ word: String, _ groups: [GroupNumber], _ meaning: String, it: String, them: String
  ) -> String {
    line(word, groups, "\(meaning) \(groups.count == 1 ? it : them)")
  }

  private static func line(_ word: String, _ groups: [GroupNumber], _ meaning: String) -> String {
    guard !groups.isEmpty else { return "" }
    return "\(word): \(GroupNumbers.phrase(groups)); \(meaning)\n"
  }
}

/// What the host would not say, as notes; at most ten, since a broken tree repeats itself.
struct ProblemNotes {
  private let problems: [ReadProblem]
  private let notAsked: [HostPath]
  private let shown: Int

  init(_ host: ObservedHost, detail: AuditText.Detail) {
    problems = host.problems
    notAsked = host.notAsked
    shown = detail == .verbose ? problems.count : 10
  }

  var text: String { unread + missing }

  /// Facts of which the capture holds nothing, in one line.
  private var missing: String {
    guard !notAsked.isEmpty else { return "" }
    return "note: this capture does not hold: "
      + ProblemNotes.names(of: notAsked) + "\n"
  }

  /// Facts as people call them: one of devices by its attribute, any other by its path.
  static func names(of facts: [HostPath]) -> String {
    let devices: HostPath = "sys/devices/*"
    return facts.map { fact in
      TerminalText.escape(
        fact.parent == devices ? String(fact.name) : fact.description, limit: 200)
    }.joined(separator: ", ")
  }

  private var unread: String {
    guard !problems.isEmpty else { return "" }
    var text = "note: \(counted(problems.count, "place")) of the host could not be read\n"
    for problem in problems.prefix(shown) {
      text += "    \(TerminalText.escape(problem.description, limit: 200))\n"
    }
    if problems.count > shown {
      text += "    and \(problems.count - shown) more (--verbose)\n"
    }
    return text
  }
}
