import HostModel
import OwnershipAnalysis
import Testing

@testable import Reporting

struct ExitStatusTests {
  private func status(_ severities: Severity..., on audit: Audit) -> Conclusion {
    Conclusion(of: SampleAudit.replacingFindings(of: audit, by: severities.map(finding)))
  }

  private func finding(_ severity: Severity) -> Finding {
    Finding(rule: .mixedGroup, severity: severity, message: "m", evidence: [], remedy: "r")
  }

  @Test func theWorstFindingDecides() {
    let audit = SampleAudit.mixedGroup
    #expect(status(on: audit) == .fine)
    #expect(status(.info, on: audit) == .fine)
    #expect(status(.info, .warning, on: audit) == .warnings)
    #expect(status(.warning, .error, .info, on: audit) == .critical)
    #expect(status(.critical, on: audit) == .critical)
  }

  @Test func cannotTellOutweighsWarningsButNotErrors() {
    let audit = SampleAudit.undetermined
    #expect(status(on: audit) == .cannotTell)
    #expect(status(.warning, on: audit) == .cannotTell)
    #expect(status(.error, on: audit) == .critical)
  }

  @Test func groupsThatCannotBeListedGiveCannotTell() {
    #expect(status(on: SampleAudit.unlisted(.refused(.permissionDenied))) == .cannotTell)
  }

  @Test(
    arguments: [
      ([], .fine), ([.fine, .warnings], .warnings), ([.cannotTell, .warnings, .fine], .cannotTell),
      ([.cannotTell, .critical, .warnings], .critical),
    ] as [([Conclusion], Conclusion)])
  func theWorstOfManyHostsDecidesAsTheWorstFindingDoes(
    statuses: [Conclusion], worst: Conclusion
  ) {
    #expect(Conclusion.worst(of: statuses) == worst)
  }

  @Test func theNumbersMatchTheManual() {
    #expect(Reporting.ExitStatus.fine.rawValue == 0)
    #expect(Reporting.ExitStatus.warnings.rawValue == 1)
    #expect(Reporting.ExitStatus.critical.rawValue == 2)
    #expect(Reporting.ExitStatus.cannotTell.rawValue == 3)
    #expect(Reporting.ExitStatus.usage.rawValue == 64)
  }
}
