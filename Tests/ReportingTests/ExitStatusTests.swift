import HostModel
import OwnershipAnalysis
import Testing

@testable import Reporting

struct ExitStatusTests {
  /// Made anew each time: the leak sanitizer loses sight of an array that an enumeration with
  /// several payloads keeps in a static.
  static var undetermined: Audit {
    var device = SampleHost.device("0000:03:00.0", group: 3, driver: "vfio-pci", class: 0x020000)
    let readable = SampleHost.device("0000:03:00.1", group: 3, driver: "vfio-pci", class: 0x020000)
    device.driver = .unread(.refused(.permissionDenied))
    return SampleHost.audit(
      groups: [SampleHost.group(3, "0000:03:00.0", "0000:03:00.1")], devices: [device, readable])
  }

  private func status(_ severities: Severity..., on audit: Audit) -> Conclusion {
    Conclusion(of: SampleHost.replacingFindings(of: audit, by: severities.map(finding)))
  }

  private func finding(_ severity: Severity) -> Finding {
    Finding(rule: .mixedGroup, severity: severity, message: "m", evidence: [], remedy: "r")
  }

  @Test func theWorstFindingDecides() {
    let audit = SampleHost.mixedGroup
    #expect(status(on: audit) == .fine)
    #expect(status(.info, on: audit) == .fine)
    #expect(status(.info, .warning, on: audit) == .warnings)
    #expect(status(.warning, .error, .info, on: audit) == .critical)
    #expect(status(.critical, on: audit) == .critical)
  }

  @Test func cannotTellOutweighsWarningsButNotErrors() {
    let audit = ExitStatusTests.undetermined
    #expect(status(on: audit) == .cannotTell)
    #expect(status(.warning, on: audit) == .cannotTell)
    #expect(status(.error, on: audit) == .critical)
  }

  @Test func groupsThatCannotBeListedAreNoGoodNews() {
    let audit = SampleHost.audit(
      groups: [], devices: [], listing: .unread(.refused(.permissionDenied)))
    #expect(status(on: audit) == .cannotTell)
  }

  @Test(
    arguments: [
      ([], .fine), ([.fine, .warnings], .warnings), ([.cannotTell, .warnings, .fine], .cannotTell),
      ([.cannotTell, .critical, .warnings], .critical),
    ] as [([Conclusion], Conclusion)])
  func theWorstOfManyHasTheOrderOfOne(
    statuses: [Conclusion], worst: Conclusion
  ) {
    #expect(Conclusion.worst(of: statuses) == worst)
  }

  @Test func theNumbersAreThoseOfTheManual() {
    #expect(Reporting.ExitStatus.fine.rawValue == 0)
    #expect(Reporting.ExitStatus.warnings.rawValue == 1)
    #expect(Reporting.ExitStatus.critical.rawValue == 2)
    #expect(Reporting.ExitStatus.cannotTell.rawValue == 3)
    #expect(Reporting.ExitStatus.usage.rawValue == 64)
  }
}
