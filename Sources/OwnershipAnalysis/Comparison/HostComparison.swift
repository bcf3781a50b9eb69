package import HostModel

/// What became of a host: its devices, groups, verdicts and findings, before and after.
///
/// Pure, like the audits that it compares. Nothing is taken as the same because it has the same
/// number: addresses and group numbers move between boots.
package struct HostComparison: Sendable {
  package let old: Audit
  package let new: Audit
  /// Only those that differ, as everywhere here.
  package let devices: [DeviceComparison]
  package let groups: [GroupComparison]
  package let settings: [SettingComparison]
  /// Worst first.
  package let findings: [FindingComparison]
  package let problems: [ProblemComparison]
  /// What cannot be compared, since one of the hosts does not show it.
  package let unknowns: [Unknown]
  /// Facts that only one of the captures was asked for, and that nothing of weight rests on.
  package let notAsked: [FactComparison]

  /// Something that only one of the hosts shows.
  package enum Unknown: Sendable, Equatable {
    /// A host of which nothing could be read.
    case blank(ProblemComparison.Side)
    /// The list of groups, which neither host shows.
    case groups
    case problem(ReadProblem, ProblemComparison.Side)
    /// A fact that is compared, and that this capture was not asked for.
    case fact(HostPath, ProblemComparison.Side)
    /// A group whose viability is undetermined on one host, by that host's number.
    case viability(GroupNumber, ProblemComparison.Side)
    /// The same of who owns it.
    case claim(GroupNumber, ProblemComparison.Side)
    /// A rule that an unread fact leaves open on one host.
    case rule(RuleSlug, ProblemComparison.Side)
  }

  package init(old: Audit, new: Audit) {
    self.old = old
    self.new = new
    let hypothetical =
      old.behavior == new.behavior
      ? nil : Analyzer.audit(old.host, as: new.kernel, behaving: new.behavior)
    let deviceMatching = DeviceMatcher.match(old.host, new.host)
    let groupMatching = GroupMatching(old.host, new.host, by: deviceMatching)
    devices = DeviceComparison.all(deviceMatching, old, new)
    groups = GroupComparer(
      old: old, new: new, oldByNewKernel: hypothetical, devices: deviceMatching,
      matching: groupMatching
    ).comparisons()
    settings = SettingComparison.all(old.host, new.host)
    let compared = FindingComparer(
      old: old, new: new, oldByNewKernel: hypothetical, devices: deviceMatching,
      groups: groupMatching
    ).comparisons()
    findings = compared.found
    problems = ProblemComparison.all(old.host, new.host, by: deviceMatching, groupMatching)
    let facts = FactComparison.all(old.host, new.host)
    let lacking = Set(compared.lacking)
    let isOfWeight = { (fact: FactComparison) in fact.isOfWeight || lacking.contains(fact) }
    notAsked = facts.filter { !isOfWeight($0) }
    unknowns =
      Unknown.all(
        old.host, new.host, groups: groups, problems: problems,
        facts: facts.filter(isOfWeight))
      + Unknown.openRules(old, new)
  }

  /// Whether another kernel runs, whatever rules both were judged by.
  package var changesKernel: Bool {
    old.kernel.release != new.kernel.release || old.kernel.version != new.kernel.version
      || old.kernel.regime != new.kernel.regime
  }

  package var isSame: Bool {
    devices.isEmpty && groups.isEmpty && settings.isEmpty && findings.isEmpty && problems.isEmpty
      && unknowns.isEmpty && !changesKernel
  }
}

extension HostComparison.Unknown {
  /// The rules that are open on one of the hosts and not on the other.
  fileprivate static func openRules(_ old: Audit, _ new: Audit) -> [HostComparison.Unknown] {
    let before = Set(old.questions.filter(\.isGrave).map(\.rule))
    let after = Set(new.questions.filter(\.isGrave).map(\.rule))
    return before.subtracting(after).sorted().map { .rule($0, .old) }
      + after.subtracting(before).sorted().map { .rule($0, .new) }
  }

  fileprivate static func all(
    _ old: ObservedHost, _ new: ObservedHost, groups: [GroupComparison],
    problems: [ProblemComparison], facts: [FactComparison]
  ) -> [HostComparison.Unknown] {
    var unknowns: [HostComparison.Unknown] = []
    if old.isBlank { unknowns.append(.blank(.old)) }
    if new.isBlank { unknowns.append(.blank(.new)) }
    if old.groupListing.failure != nil, new.groupListing.failure != nil { unknowns.append(.groups) }
    unknowns += problems.filter(\.hidesChange).map { .problem($0.problem, $0.side) }
    unknowns += facts.map { .fact($0.fact, $0.side) }
    for group in groups {
      guard let new = group.new else { continue }
      guard let old = group.old else {
        if new.use.mayBeForUserSpace, new.viability.isUndetermined {
          unknowns.append(.viability(new.group.number, .new))
        }
        continue
      }
      if group.isUndetermined(.viability) {
        unknowns.append(
          old.viability.isUndetermined
            ? .viability(old.group.number, .old) : .viability(new.group.number, .new))
      }
      if group.isUndetermined(.claim) {
        unknowns.append(
          old.claim.state == .unknown
            ? .claim(old.group.number, .old) : .claim(new.group.number, .new))
      }
    }
    return unknowns
  }
}
