import HostModel
import OwnershipAnalysis
import TestSupport

/// Audits of small hosts, which the tests of this target write down in every form.
enum SampleAudit {
  /// A host behind an IOMMU of Intel, for devices to be added.
  static var host: HostValues {
    var host = HostValues(KernelVersion(6, 12))
    host.stated.release = .value("6.12.0")
    host.firmware = Firmware(
      iommuTables: .value([.dmar]), processor: .value(.intel), isVirtualMachine: .value(false))
    host.iommu = IOMMUInstance(name: "dmar0", vendor: .intel)
    return host
  }

  /// A GPU on vfio-pci whose audio function the host keeps, and a serial port of the host.
  static let mixedGroup = {
    var host = SampleAudit.host
    host.add("serial", named: "0000:00:17.0", group: 0, deviceClass: 0x070002)
    host.add(
      "vfio-pci", named: "0000:01:00.0", group: 1, deviceClass: 0x030000, id: "10de:13c2")
    host.add(
      "snd_hda_intel", named: "0000:01:00.1", group: 1, deviceClass: 0x040300, id: "10de:0fbb")
    host.add("vfio-pci", named: "0000:02:00.0", group: 14)
    host.add(group: 15)
    host.groups[1]?.reservedRegions = .value([
      ReservedRegion(start: 0xfee0_0000, end: UInt64.max, kind: .msi)
    ])
    return host.audit
  }()

  /// Names and texts that would take over a terminal.
  static let hostile = {
    var host = SampleAudit.host
    host.add("vfio-pci", named: "0000:07:00.0", group: 7)
    host.iommu = nil
    host.add(
      "drv\u{202e}\u{9b}31m", named: "evil\u{1b}[2J\nerror: forged", group: 7, bus: .platform)
    host.problems = [
      ReadProblem(
        path: "sys/devices/\u{1b}]0;title\u{7}", failure: .malformed("\u{1b}[31mred\u{1b}[0m"))
    ]
    return host.audit
  }()

  /// One of two drivers in group 3 could not be read.
  ///
  /// Made anew each time: the leak sanitizer loses sight of an array that an enumeration with
  /// several payloads keeps in a static.
  static var undetermined: Audit {
    var host = SampleAudit.host
    host.add("vfio-pci", named: "0000:03:00.0", group: 3)
    host.add("vfio-pci", named: "0000:03:00.1", group: 3)
    host[1].driver = .unread(.refused(.permissionDenied))
    return host.audit
  }

  static let withoutGroups = {
    var host = SampleAudit.host
    host.iommu = nil
    host.firmware.iommuTables = .value([])
    host.add("e1000", named: "0000:00:02.0", group: nil)
    return host.audit
  }()

  /// The groups of a host could not be listed.
  static func unlisted(_ failure: ReadFailure) -> Audit {
    var host = SampleAudit.host
    host.groupListing = .unread(failure)
    return host.audit
  }

  /// Group 9, viable, with what the analyzer would have to see in a host's processes.
  static func claimed(by holder: String?, isMadeUp: Bool) -> Audit {
    var host = SampleAudit.host
    host.add("vfio-pci", named: "0000:09:00.0", group: 9)
    if isMadeUp { host.groups[9]?.name = .value("vfio-noiommu") }
    let audit = host.audit
    let claim = ClaimAssessment(
      state: holder == nil ? .unclaimed : .claimed, certainty: .certain,
      holders: holder.map { [$0] } ?? [])
    let groups = audit.groups.map { group in
      GroupAssessment(
        group: group.group, members: group.members, use: .userSpace, viability: .viable,
        claim: claim)
    }
    return Audit(
      host: audit.host, kernel: audit.kernel, behavior: audit.behavior, groups: groups,
      findings: [])
  }

  static func replacingFindings(of audit: Audit, by findings: [Finding]) -> Audit {
    Audit(
      host: audit.host, kernel: audit.kernel, behavior: audit.behavior, groups: audit.groups,
      findings: findings)
  }
}
