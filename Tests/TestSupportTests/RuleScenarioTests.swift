import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

@Suite("Scenarios of the rules")
struct RuleScenarioTests {
  @Test("every scenario is read without a problem", arguments: RuleScenario.all)
  func problems(scenario: RuleScenario) {
    let host = scenario.host.observed
    #expect(host.problems.isEmpty)
  }

  @Test("a scenario lists its rule if and only if it fires", arguments: RuleScenario.all)
  func kind(scenario: RuleScenario) {
    #expect(scenario.fires.contains(scenario.rule) == (scenario.kind == .firing))
  }

  @Test("there are two scenarios for each rule, in the order of the catalogue")
  func order() {
    let expected = RuleCatalogue.all.filter { $0.use == .audits }.flatMap {
      ["\($0.slug).firing", "\($0.slug).silent"]
    }
    #expect(RuleScenario.all.map(\.description) == expected)
  }
}
