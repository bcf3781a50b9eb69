import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

@Suite("Why a host has no group")
struct IOMMUAbsenceTests {
  private func rules(
    tables: Reading<Set<Firmware.IOMMUTable>>, isVirtualMachine: Reading<Bool> = .value(false),
    commandLine: String = "quiet", listing: Reading<Int> = .value(0),
    describesSMMU: Reading<Bool> = .absent
  ) -> [RuleSlug] {
    findings(
      tables: tables, isVirtualMachine: isVirtualMachine, commandLine: commandLine,
      listing: listing, describesSMMU: describesSMMU
    ).map(\.rule)
  }

  private func findings(
    tables: Reading<Set<Firmware.IOMMUTable>>, isVirtualMachine: Reading<Bool> = .value(false),
    commandLine: String = "quiet", listing: Reading<Int> = .value(0),
    release: Reading<String> = .value("6.12.94"), describesSMMU: Reading<Bool> = .absent
  ) -> [Finding] {
    var host = HostValues()
    host.stated.release = release
    host.stated.commandLine = .value(KernelCommandLine(commandLine))
    host.firmware = Firmware(
      iommuTables: tables, describesSMMU: describesSMMU, processor: .absent,
      isVirtualMachine: isVirtualMachine)
    host.groupListing = listing
    host.iommu = nil
    host.drivers = [:]
    return host.audit.findings
  }

  @Test("ACPI tables without one of an IOMMU: the firmware reports none")
  func notReported() {
    #expect(rules(tables: .value([])) == [.iommuNotReported])
  }

  @Test("without ACPI tables only a virtual machine is known to have no IOMMU")
  func withoutTables() {
    #expect(rules(tables: .absent) == [.iommuInactive])
    #expect(rules(tables: .absent, isVirtualMachine: .value(true)) == [.iommuNotReported])
  }

  @Test("unread tables are not taken for missing ones")
  func unreadTables() {
    #expect(rules(tables: .unread(.refused(.permissionDenied))) == [.iommuInactive])
  }

  @Test("if the tables cannot be seen, the finding says so and names no vendor's IOMMU")
  func unseenTables() throws {
    let finding = try #require(findings(tables: .absent).first)
    #expect(finding.message.contains("container"))
    #expect(finding.evidence.contains(Evidence(path: "sys/firmware/acpi/tables", value: nil)))
    for vendor in ["VT-d", "DMAR", "AMD"] {
      #expect(!finding.message.contains(vendor) && !finding.remedy.contains(vendor))
    }
    let unread = try #require(findings(tables: .unread(.refused(.permissionDenied))).first)
    #expect(unread.message.contains("could not be read: permission denied (EACCES)"))
  }

  @Test(
    "a missing directory of groups is not reported as empty",
    arguments: [
      ([], "quiet"), ([.dmar], "quiet"), ([.dmar], "intel_iommu=off"), ([.ivrs], "quiet"),
    ] as [(Set<Firmware.IOMMUTable>, String)])
  func missingDirectory(tables: Set<Firmware.IOMMUTable>, commandLine: String) throws {
    for (listing, value) in [(Reading<Int>.value(0), "empty"), (.absent, nil)] {
      let finding = try #require(
        findings(tables: .value(tables), commandLine: commandLine, listing: listing).first)
      #expect(
        finding.evidence.last == Evidence(path: "sys/kernel/iommu_groups", value: value),
        "\(finding.rule)")
    }
  }

  @Test("a source that shows no host has no findings")
  func blank() {
    #expect(findings(tables: .absent, listing: .absent, release: .absent) == [])
    #expect(findings(tables: .absent, listing: .absent).map(\.rule) == [.iommuInactive])
  }

  @Test("the other vendor's option does not switch an IOMMU off")
  func otherVendor() {
    #expect(rules(tables: .value([.ivrs]), commandLine: "intel_iommu=off") == [.iommuInactive])
    #expect(
      rules(tables: .value([.ivrs]), commandLine: "amd_iommu=off")
        == [.iommuDisabledOnCommandLine])
  }

  @Test("groups that could not be listed are not taken for missing ones")
  func unlisted() {
    #expect(rules(tables: .value([]), listing: .unread(.refused(.permissionDenied))) == [])
  }

  @Test("the table IORT alone is not taken for an IOMMU")
  func interconnectTable() throws {
    #expect(rules(tables: .value([.iort]), describesSMMU: .value(true)) == [.iommuInactive])
    #expect(rules(tables: .value([.iort]), describesSMMU: .value(false)) == [.iommuNotReported])
    let without = try #require(
      findings(tables: .value([.iort]), describesSMMU: .value(false)).first)
    let table: HostPath = "sys/firmware/acpi/tables/IORT"
    #expect(without.evidence.contains(Evidence(path: table, value: "no node of an SMMU")))
    let unread = try #require(
      findings(
        tables: .value([.iort]), describesSMMU: .unread(.refused(.permissionDenied))
      ).first)
    #expect(unread.rule == .iommuInactive)
    #expect(unread.message.contains("could not be read: permission denied (EACCES)"))
    #expect(!unread.message.contains("reports an IOMMU ("))
  }

  @Test("no remedy asks to read a malformed table as root")
  func malformedTable() throws {
    for (failure, asksForRoot) in [
      (ReadFailure.malformed("not an IORT table"), false), (.refused(.permissionDenied), true),
    ] {
      let finding = try #require(
        findings(tables: .value([.iort]), describesSMMU: .unread(failure)).first)
      #expect(finding.rule == .iommuInactive)
      #expect(finding.remedy.contains("as root") == asksForRoot)
    }
  }
}
