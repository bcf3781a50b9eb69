import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport
import Testing

@Suite("Rules, on the firing and the silent host of each")
struct RuleTests {
  private func audit(_ scenario: RuleScenario) -> Audit {
    Analyzer.audit(scenario.host.observed)
  }

  @Test("exactly the expected rules fire", arguments: RuleScenario.all)
  func fires(scenario: RuleScenario) {
    #expect(Set(audit(scenario).findings.map(\.rule)) == scenario.fires, "\(scenario.situation)")
  }

  @Test("every finding names its place, what was seen and what to do", arguments: RuleScenario.all)
  func isComplete(scenario: RuleScenario) {
    for finding in audit(scenario).findings {
      #expect(!finding.evidence.isEmpty, "\(finding.rule)")
      #expect(!finding.remedy.isEmpty, "\(finding.rule)")
      for line in [finding.message, finding.remedy] {
        #expect(!line.contains("\n") && !line.hasSuffix("."), "\(line)")
      }
    }
  }

  @Test("each rule has a firing and a silent host")
  func coverage() {
    for rule in RuleCatalogue.all where rule.use == .audits {
      let kinds = RuleScenario.all.filter { $0.rule == rule.slug }.map(\.kind)
      #expect(kinds.contains(.firing), "\(rule.slug)")
      #expect(kinds.contains(.silent), "\(rule.slug)")
    }
  }

  @Test("each rule about what the host loses has a host where it does and one where it does not")
  func hostUse() {
    #expect(
      UseScenario.all.map(\.description)
        == RuleCatalogue.all.filter { $0.use == .hostUse }.flatMap {
          ["\($0.slug).firing", "\($0.slug).silent"]
        })
  }

  @Test("exactly the devices that the host needs cost it something", arguments: UseScenario.all)
  func costs(scenario: UseScenario) throws {
    let host = SnapshotStore(
      entries: try SnapshotFile.parse(scenario.host.snapshot), unlisted: .notCaptured
    ).host(needing: .cost)
    let device = try #require(host.devices(named: scenario.device).first)
    let cost = UseIndex(host).cost(of: [device])
    #expect(cost.unseen.isEmpty)
    #expect(cost.losses.contains { $0.rule.text == scenario.rule } == scenario.isFiring)
    if !scenario.isFiring { #expect(cost == .nothing) }
    for loss in cost.losses {
      let rule = try #require(RuleCatalogue.rule(loss.rule))
      #expect(loss.weight == .hurts || rule.severity == .error)
    }
  }

  @Test("each name has one rule, in the order of the manual")
  func slugs() {
    #expect(RuleCatalogue.all.map(\.slug) == RuleSlug.allCases)
  }

  @Test("a finding belongs to a rule and is never more severe than it")
  func severities() {
    for scenario in RuleScenario.all {
      for finding in audit(scenario).findings {
        let rule = RuleCatalogue.rule(finding.rule)
        #expect(rule != nil, "\(finding.rule)")
        #expect(finding.severity <= (rule?.severity ?? .info), "\(finding.rule)")
      }
    }
  }

  @Test("in no-IOMMU mode the finding does not say that VFIO can take no device")
  func noIOMMUMode() throws {
    let scenario = try #require(
      RuleScenario.all.first { $0.rule == .noIOMMUMode && $0.kind == .firing })
    let finding = try #require(
      audit(scenario).findings.first { $0.rule == .iommuNotReported })
    #expect(finding.message.hasSuffix("so VFIO gives devices out without isolation"))
    #expect(finding.symptom == nil)
  }
}
