import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport
import Testing

/// What a fact that is missing may change: an answer becomes undetermined, and never another one.
@Suite struct MissingFactTests {

  @Test(arguments: LostFact.fixtures)
  func aLostFactNeverTurnsAnAnswerIntoAnother(fixture: Fixture) throws {
    let entries = try LostFact.entries(of: fixture)
    let whole = Analyzer.audit(
      SnapshotStore(entries: entries, unlisted: .notCaptured).host(needing: .judgement), by: nil)
    for lost in LostFact.all(of: entries) {
      let reduced = Analyzer.audit(lost.host(of: entries, needing: .judgement), by: nil)
      for fault in faults(of: reduced, from: whole) + comparisonFaults(reduced, whole) {
        Issue.record("\(fixture.name) without \(lost): \(fault)")
      }
    }
  }

  private func faults(of reduced: Audit, from whole: Audit) -> [String] {
    conclusionFaults(of: reduced, from: whole) + viabilityFaults(of: reduced, from: whole)
      + findingFaults(of: reduced, from: whole) + remedyFaults(of: reduced, from: whole)
  }

  /// A finding that rests on a fact that one side lacks is neither gone nor new.
  private func comparisonFaults(_ reduced: Audit, _ whole: Audit) -> [String] {
    let comparisons = [
      HostComparison(old: whole, new: reduced), HostComparison(old: reduced, new: whole),
    ]
    return comparisons.flatMap(\.findings).compactMap { $0.new ?? $0.old }
      .map { "compared: \($0.rule) \($0.message)" }
  }

  /// A fact that is missing makes nothing better, or worse, than it was known to be.
  private func conclusionFaults(of reduced: Audit, from whole: Audit) -> [String] {
    let before = Conclusion(of: whole)
    let after = Conclusion(of: reduced)
    let isSound =
      after == .cannotTell || after == before
      // A warning may be lost where the audit says what it did not read.
      || before == .warnings && after == .fine && isRemarked(reduced)
    return isSound ? [] : ["\(before) became \(after)"]
  }

  private func isRemarked(_ audit: Audit) -> Bool {
    !audit.host.problems.isEmpty || !audit.host.notAsked.isEmpty
  }

  private func viabilityFaults(of reduced: Audit, from whole: Audit) -> [String] {
    let after = Dictionary(
      reduced.groups.map { ($0.group.number, $0.viability.word) }, uniquingKeysWith: { $1 })
    return whole.groups.compactMap { group in
      guard let word = after[group.group.number], word != group.viability.word,
        word != "undetermined"
      else { return nil }
      return "group \(group.group.number): \(group.viability.word) became \(word)"
    }
  }

  private static let absence: Set<RuleSlug> = [
    .iommuNotReported, .iommuDisabledOnCommandLine, .iommuNotEnabled, .iommuInactive,
    .iommuOwnedByXen,
  ]
  private static let blockers: Set<RuleSlug> = [
    .mixedGroup, .bridgeDriverBlocks, .eventCollectorBlocks, .notAStub,
  ]

  private func findingFaults(of reduced: Audit, from whole: Audit) -> [String] {
    let known = whole.findings.filter { $0.severity > .info }
    return reduced.findings.filter { $0.severity > .info }.compactMap { finding in
      // The general rule of a family stands for the one whose fact is missing.
      let family =
        switch finding.rule {
        case .mixedGroup: Self.blockers
        case .iommuInactive, .iommuNotReported: Self.absence
        default: Set([finding.rule])
        }
      let isKnown = known.contains {
        family.contains($0.rule)
          && ($0.group == finding.group || !Set($0.devices).isDisjoint(with: finding.devices))
      }
      return isKnown ? nil : "new: \(finding.severity) \(finding.rule) \(finding.message)"
    }
  }

  /// No remedy is to bind a bridge to vfio-pci, which refuses it.
  private func remedyFaults(of reduced: Audit, from whole: Audit) -> [String] {
    let bridges = whole.host.devices.filter { $0.header.value == .bridge }.map(\.name.text)
    return reduced.findings.flatMap { finding in
      finding.remedy.split(separator: ";").filter { clause in
        let isBinding = clause.contains(" to vfio-pci")
        return bridges.contains { bridge in
          isBinding && clause.contains("bind ") && clause.contains(bridge)
            || clause.contains("write vfio-pci") && clause.contains(bridge + "/driver_override")
        }
      }.map { "\(finding.rule): \($0)" }
    }
  }
}
