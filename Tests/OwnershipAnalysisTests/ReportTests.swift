import HostModel
import HostReader
import OwnershipAnalysis
import Reporting
import TestSupport
import Testing

/// Hosts of public reports, and what is right there: the message that was pasted, and its cause.
@Suite struct ReportTests {
  struct Report: Sendable, CustomTestStringConvertible {
    let host: String
    let message: String
    let cause: RuleSlug
    /// Whether the host shows the cause; some lie beside what any host shows.
    let isShown: Bool
    var testDescription: String { host }

    init(_ host: String, _ message: String, _ cause: RuleSlug, isShown: Bool = true) {
      (self.host, self.message, self.cause, self.isShown) = (host, message, cause, isShown)
    }
  }

  static let reports: [Report] = [
    Report(
      "rpi5-pcie-without-groups",
      "vfio-pci 0001:01:00.0: probe with driver vfio-pci failed with error -22", .noIOMMUGroup),
    Report(
      "kernel-without-vfio-cdev",
      "lstat /dev/vfio/devices/vfio0: no such file or directory", .noVFIOCdev),
    Report(
      "option-misspelt-on-command-line",
      "qemu-system-x86_64: -device vfio-pci,host=0000:00:02.0,multifunction=on: vfio "
        + "0000:00:02.0: failed to open /dev/vfio/1: No such file or directory", .groupHasNoNode),
    Report(
      "quickassist-vfs-denied", "vfio-pci: probe of 0000:b1:01.0 failed with error -22",
      .denylistedDevice),
    Report(
      "vgpu-refused-by-vendor-driver",
      "error getting device from group 53: Input/output error\nVerify all devices in group 53 are "
        + "bound to vfio-<bus> or pci-stub and not already in use", .vendorDriverRefused,
      isShown: false),
    Report(
      "container-backend-not-loaded",
      "EAL:   no supported IOMMU extensions found!\nEAL: VFIO support could not be initialized",
      .noContainerBackend),
    Report(
      "one-port-of-two", "qemu-system-x86_64: vfio 0000:c6:00.0: group 10 is not viable",
      .mixedGroup),
    Report(
      "node-denied-by-cgroup",
      "vfio 0000:03:10.4: failed to open /dev/vfio/72: Operation not permitted",
      .nodeNotAccessible, isShown: false),
    Report(
      "noiommu-option-for-built-in-vfio",
      "vfio-pci: probe of 0000:00:0a.0 failed with error -22", .noIOMMUGroup),
    Report(
      "xen-control-domain",
      "vfio error: 0000:0b:00.0: no iommu_group found: No such file or directory", .noIOMMUGroup),
    Report("all-slots-in-one-group", "vfio 0000:04:00.0: group 1 is not viable", .mixedGroup),
  ]

  private func audit(_ name: String) throws -> Audit {
    Analyzer.audit(
      try HostSource.sysroot(Fixture.report(name).path).read(needing: .judgement), by: nil)
  }

  @Test(arguments: reports)
  func thePastedMessageLeadsToItsCause(report: Report) throws {
    let answer = MessageAnswer(
      MessageSearch(report.message), on: try audit(report.host), isItsHost: true)
    let first = try #require(answer.causes.first)
    #expect(first.match.rule.slug == report.cause)
    #expect(first.bearing.isShown == report.isShown)
  }

  /// The line on the place does not call well what the audit calls an error.
  @Test func theHostsLineAgreesWithTheAudit() throws {
    let search = MessageSearch("vfio-pci: probe of 0000:b1:01.0 failed with error -22")
    let answer = MessageAnswer(search, on: try audit("quickassist-vfs-denied"), isItsHost: true)
    let line = try #require(answer.places.first?.sentence)
    #expect(line.contains("denylist"))
    #expect(!line.contains("is viable"))
  }

  @Test func aHostWithoutGroupsSaysWhy() throws {
    let search = MessageSearch("vfio-pci: probe of 0000:0b:00.0 failed with error -22")
    let answer = MessageAnswer(search, on: try audit("xen-control-domain"), isItsHost: true)
    guard case .shown(let fact, let remedy?) = answer.causes.first?.bearing else {
      Issue.record("the host shows no cause with a remedy")
      return
    }
    #expect(fact.contains("iommu-owned-by-xen") && remedy.contains("Xen"))
  }

  @Test func theAuditFindsTheCauseWithoutAMessage() throws {
    func found(_ rule: RuleSlug, on name: String) throws -> [DeviceName] {
      try audit(name).findings.filter { $0.rule == rule && $0.severity > .info }
        .flatMap(\.devices)
    }
    #expect(
      try found(.overrideNotApplied, on: "override-without-probe").contains("0000:28:00.0"))
    #expect(try found(.noContainerBackend, on: "container-backend-not-loaded") == ["0000:87:00.0"])
    #expect(
      try audit("option-misspelt-on-command-line").findings.contains { $0.rule == .unknownOption })
    #expect(try found(.mixedGroup, on: "one-port-of-two") == ["0000:c6:00.1"])
  }

  @Test func viableIsNotEnoughWithoutAContainer() throws {
    let audit = try audit("container-backend-not-loaded")
    guard case .given(let groups) = AuditVerdict(of: audit) else {
      Issue.record("no group is given to user space")
      return
    }
    #expect(groups.withoutBackend == [61])
    #expect(groups.viable.isEmpty)
  }

  /// No advice for Intel on an Arm board, none for the owner of a host to a tenant of it.
  @Test func theRemedyIsForThatMachine() throws {
    func remedies(_ rule: RuleSlug, on name: String) throws -> [String] {
      try audit(name).findings.filter { $0.rule == rule }.map(\.remedy)
    }
    let board = try remedies(.noIOMMUGroup, on: "rpi5-pcie-without-groups")
    #expect(!board.isEmpty)
    for remedy in board {
      #expect(remedy.contains("device tree") && !remedy.contains("intel_iommu"))
    }
    #expect(try remedies(.iommuOwnedByXen, on: "xen-control-domain").count == 1)
    let tenant = try remedies(.iommuNotReported, on: "noiommu-option-for-built-in-vfio")
    #expect(tenant.allSatisfy { $0.contains("enable_unsafe_noiommu_mode") } && !tenant.isEmpty)
  }

  @Test func everyReportIsTested() {
    let tested = Set(Self.reports.map(\.host)).union(["override-without-probe"])
    #expect(tested == Set(Fixture.reports.map(\.name)))
  }
}
