import HostModel
import OwnershipAnalysis
import Testing

@Suite("Why a host has no group")
struct IOMMUAbsenceTests {
  private func rules(
    tables: Reading<Set<Firmware.IOMMUTable>>, isVirtualMachine: Reading<Bool> = .value(false),
    commandLine: String = "quiet", listing: Reading<Int> = .value(0)
  ) -> [RuleSlug] {
    let host = HostSnapshot(
      kernel: Kernel(
        release: .value("6.12.94"), build: .absent, signature: .absent,
        commandLine: .value(KernelCommandLine(commandLine)), symbols: .absent, options: .absent),
      firmware: Firmware(
        iommuTables: tables, processor: .absent, isVirtualMachine: isVirtualMachine),
      groups: [], groupListing: listing, devices: [], drivers: [], autoprobe: [:], iommus: [],
      vfio: VFIOFacilities(), interrupts: .absent, problems: [])
    return Analyzer.audit(host).findings.map(\.rule)
  }

  @Test("ACPI tables without one that tells of an IOMMU")
  func notReported() {
    #expect(rules(tables: .value([])) == ["iommu-not-reported"])
  }

  @Test("without ACPI nothing is known of the firmware, unless it is a virtual machine's")
  func withoutTables() {
    #expect(rules(tables: .absent) == ["iommu-inactive"])
    #expect(rules(tables: .absent, isVirtualMachine: .value(true)) == ["iommu-not-reported"])
  }

  @Test("unread tables are not taken for missing ones")
  func unreadTables() {
    #expect(rules(tables: .unread(.refused(.permissionDenied))) == ["iommu-inactive"])
  }

  @Test("the other vendor's option does not switch an IOMMU off")
  func otherVendor() {
    #expect(rules(tables: .value([.ivrs]), commandLine: "intel_iommu=off") == ["iommu-inactive"])
    #expect(
      rules(tables: .value([.ivrs]), commandLine: "amd_iommu=off")
        == ["iommu-disabled-on-command-line"])
  }

  @Test("groups that could not be listed are not taken for missing ones")
  func unlisted() {
    #expect(rules(tables: .value([]), listing: .unread(.refused(.permissionDenied))) == [])
  }
}
