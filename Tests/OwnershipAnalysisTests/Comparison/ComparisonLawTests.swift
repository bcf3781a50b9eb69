import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport
import Testing

/// What holds of every comparison, whatever the hosts.
@Suite("Comparisons of any hosts")
struct ComparisonLawTests {
  private static let fixtures = Fixture.hosts + Fixture.rules + Fixture.trees

  @Test("a host does not differ from itself", arguments: fixtures)
  func identity(fixture: Fixture) throws {
    let audit = try ComparisonLawTests.audit(fixture)
    #expect(HostComparison(old: audit, new: audit).isSame)
  }

  /// Identical devices that only their places distinguish stay distinct: a place has no bus number.
  @Test("after a boot that renumbered the host only numbers differ", arguments: fixtures)
  func renumbering(fixture: Fixture) throws {
    let audit = try ComparisonLawTests.audit(fixture)
    for seed in 1...5 {
      var randomness = Randomness(seed: seed)
      let numbers = Renumbering(of: audit.host, using: &randomness)
      let other = Analyzer.audit(numbers.applied(to: audit.host))
      let comparison = HostComparison(old: audit, new: other)
      #expect(comparison.devices.allSatisfy { $0.change == .renumbered }, "seed \(seed)")
      #expect(
        comparison.devices.allSatisfy { !$0.changesDriver && !$0.changesOverride }, "seed \(seed)")
      #expect(comparison.groups.allSatisfy { $0.aspects == [.number] }, "seed \(seed)")
      #expect(comparison.findings.isEmpty, "seed \(seed)")
      #expect(comparison.problems.isEmpty, "seed \(seed)")
      #expect(comparison.settings.isEmpty, "seed \(seed)")
      #expect(comparison.unknowns.isEmpty, "seed \(seed)")
    }
  }

  @Test(
    "the reversed comparison finds the same, with new and gone exchanged",
    arguments: DiffScenario.all)
  func reversal(scenario: DiffScenario) throws {
    let old = ComparisonLawTests.audit(scenario.old)
    let new = ComparisonLawTests.audit(scenario.new)
    expectMirrored(old, new)
  }

  /// Hosts that have little in common: everything is guesswork, and must be the same guess.
  @Test("the reversed comparison of unrelated hosts finds the same")
  func reversalOfStrangers() throws {
    let audits = try ComparisonLawTests.fixtures.map(ComparisonLawTests.audit)
    for (old, new) in zip(audits, audits.dropFirst()) { expectMirrored(old, new) }
  }

  private func expectMirrored(_ old: Audit, _ new: Audit) {
    let forward = HostComparison(old: old, new: new)
    let backward = HostComparison(old: new, new: old)
    #expect(forward.isSame == backward.isSame)
    #expect(
      Set(forward.devices.map { [$0.change.rawValue, path($0.old), path($0.new)] })
        == Set(backward.devices.map { [mirrored($0.change), path($0.new), path($0.old)] }))
    #expect(
      Set(forward.groups.map { [$0.old?.group.number, $0.new?.group.number] })
        == Set(backward.groups.map { [$0.new?.group.number, $0.old?.group.number] }))
    #expect(
      Set(forward.findings.map { [$0.old?.message, $0.new?.message] })
        == Set(backward.findings.map { [$0.new?.message, $0.old?.message] }))
    #expect(
      Set(forward.settings.map { [$0.setting.rawValue, $0.old, $0.new] })
        == Set(backward.settings.map { [$0.setting.rawValue, $0.new, $0.old] }))
    #expect(forward.problems.count == backward.problems.count)
  }

  private func path(_ device: Device?) -> String { device?.path.description ?? "-" }

  private func mirrored(_ change: DeviceComparison.Change) -> String {
    switch change {
    case .new: "gone"
    case .gone: "new"
    default: change.rawValue
    }
  }

  private static func audit(_ fixture: Fixture) throws -> Audit {
    Analyzer.audit(try HostSource.sysroot(fixture.path).read(needing: .all))
  }

  private static func audit(_ entries: SnapshotEntries) -> Audit {
    Analyzer.audit(entries.observed)
  }
}
