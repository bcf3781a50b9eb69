import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport
import Testing

@Suite("Scenarios of the rules")
struct RuleScenarioTests {
  @Test("fire the rules they name, and no other", arguments: RuleScenario.all)
  func fires(scenario: RuleScenario) {
    let host = SnapshotStore(entries: scenario.host.entries, unlisted: .absent).host()
    let audit = Analyzer.audit(host)
    let rules = Set(audit.findings.map(\.rule))
    let messages = audit.findings.map { "\($0.rule): \($0.message)" }
    #expect(rules == scenario.fires, "\(messages.joined(separator: "\n"))")
    #expect(host.problems.isEmpty)
  }

  @Test("name their own rule when they fire, and only then", arguments: RuleScenario.all)
  func kind(scenario: RuleScenario) {
    #expect(scenario.fires.contains(scenario.rule) == (scenario.kind == .firing))
  }

  @Test("are two for each rule of the catalogue, firing and silent")
  func coverage() {
    let expected = RuleCatalogue.all.flatMap { ["\($0.slug).firing", "\($0.slug).silent"] }
    #expect(RuleScenario.all.map(\.description) == expected)
  }
}
