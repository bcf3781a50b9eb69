import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

@testable import Reporting

struct AuditTextTests {
  @Test func aMixedGroupNamesTheCulpritFirst() {
    #expect(
      AuditText(SampleAudit.mixedGroup).text == """
        not viable: group 1; user space cannot open it
        viable: group 14; user space can open it

        error: group 1 is not viable: 0000:01:00.1 is bound to snd_hda_intel; \
        SET_CONTAINER answers EPERM  [mixed-group]
            evidence  /sys/devices/pci0000:00/0000:01:00.1/driver = snd_hda_intel
                      /sys/devices/pci0000:00/0000:01:00.0/driver = vfio-pci
            remedy    bind 0000:01:00.1 to vfio-pci too, or unbind it if the host can do without it
            symptom   group 1 is not viable

        GROUP  VIABILITY   CLAIM       DEVICE        DRIVER         POLICY   REFUSED BY
            1  not-viable  unclaimed   0000:01:00.0  vfio-pci       managed
                                       0000:01:00.1  snd_hda_intel  kernel   SET_CONTAINER EPERM
           14  viable      unclaimed?  0000:02:00.0  vfio-pci       managed
        other groups: 1 used by the kernel, 1 idle (vfio-preflight list)

        4 groups, 2 given to user space, 1 of these not viable; 1 error; kernel 6.12 (DMA ownership)

        """)
  }

  @Test func theMissingGroupsOfAHostAreReportedFirst() {
    let text = AuditText(SampleAudit.withoutGroups).text
    #expect(text.hasPrefix("no IOMMU group on this host: user space can be given no device\n"))
    #expect(text.contains("[iommu-not-reported]"))
    #expect(!text.contains("GROUP  "))
    #expect(text.hasSuffix("no groups; 1 error; kernel 6.12 (DMA ownership)\n"))
  }

  @Test func aFailedListingIsNotReportedAsEmpty() {
    #expect(
      AuditText(SampleAudit.unlisted(.refused(.inputOutput))).text.hasPrefix(
        "cannot tell: the IOMMU groups could not be read: input/output error (EIO)\n"))
  }

  @Test func textOfAHostIsEscaped() {
    for detail in [AuditText.Detail.normal, .verbose] {
      let text = AuditText(SampleAudit.hostile, detail: detail).text
      let raw = text.unicodeScalars.filter { $0 != "\n" && TerminalText.isHostile($0) }
      #expect(raw.isEmpty)
      // The forged line would start a new line.
      #expect(!text.contains("\nerror: forged"))
      #expect(text.contains("evil\\x1b[2J\\x0aerror: forged"))
    }
  }

  @Test func onlySeveritiesAreColoured() {
    let coloured = AuditText(SampleAudit.mixedGroup, palette: .ansi).text
    #expect(coloured.contains("\n\u{1b}[31merror\u{1b}[0m: group 1"))
    let plain = coloured.split(separator: "\u{1b}[31m").joined()
      .split(separator: "\u{1b}[0m").joined()
    #expect(plain == AuditText(SampleAudit.mixedGroup).text)
  }

  @Test func repeatedInfoFindingsAreAbridged() {
    let findings = (0..<9).map { number in
      Finding(
        rule: .bridgeMember, severity: .info, group: GroupNumber(UInt32(number)),
        message: "group \(number) holds a bridge", evidence: [], remedy: "none")
    }
    let audit = SampleAudit.replacingFindings(of: SampleAudit.mixedGroup, by: findings)
    let text = AuditText(audit).text
    #expect(text.contains("info: group 3 holds a bridge  [bridge-member]\n"))
    #expect(!text.contains("group 4 holds a bridge"))
    #expect(text.contains("info: 5 more like this (--verbose)  [bridge-member]\n"))
    #expect(AuditText(audit, detail: .verbose).text.contains("group 8 holds a bridge"))
  }

  @Test func aLongListOfReadProblemsIsBounded() {
    var host = SampleAudit.host
    host.add(group: 0)
    host.problems = (10..<40).map {
      ReadProblem(path: "sys" / "attribute\($0)", failure: .refused(.permissionDenied))
    }
    let audit = host.audit
    let text = AuditText(audit).text
    #expect(text.contains("note: 30 places of the host could not be read\n"))
    #expect(text.contains("    /sys/attribute19: permission denied (EACCES)\n    and 20 more"))
    #expect(!text.contains("attribute20"))
    #expect(AuditText(audit, detail: .verbose).text.contains("attribute39"))
  }

  @Test func aLongListOfEvidenceIsBounded() {
    let evidence = (0..<40).map { Evidence(path: "sys" / "fact\($0)", value: "1") }
    let finding = Finding(
      rule: .mixedGroup, severity: .error, message: "m", evidence: evidence, remedy: "r")
    let audit = SampleAudit.replacingFindings(of: SampleAudit.mixedGroup, by: [finding])
    let text = AuditText(audit).text
    #expect(text.contains("/sys/fact7 = 1\n              and 32 more (--verbose)\n"))
    #expect(!text.contains("fact8"))
    #expect(AuditText(audit, detail: .verbose).text.contains("/sys/fact39 = 1\n"))
  }

  @Test func anOpenGroupIsReportedAsInUse() {
    let audit = SampleAudit.claimed(by: "qemu-system-x86 (4711)", isMadeUp: false)
    let text = AuditText(audit).text
    #expect(text.hasPrefix("in use: group 9; user space has it open\n"))
    #expect(text.contains("\ngroup 9 is held by qemu-system-x86 (4711)\n"))
    #expect(!text.contains("REFUSED BY"))
  }

  @Test func aViableGroupWithoutIsolationIsReportedAsNotIsolated() {
    let audit = SampleAudit.claimed(by: nil, isMadeUp: true)
    #expect(AuditText(audit).text.hasPrefix("not isolated: group 9; no IOMMU stands between"))
  }

  @Test func aRefusalOfTheWholeGroupNamesNoMember() {
    var host = SampleAudit.host
    host.add("vfio-pci", group: 2)
    host.give(2, .direct)
    let text = AuditText(host.audit).text
    #expect(text.contains("\ngroup 2: refused as a whole by SET_CONTAINER EINVAL\n"))
    #expect(!text.contains("REFUSED BY"))
  }

  @Test(
    "the text of a group with many culprits takes linear time", .timeLimit(.minutes(1)))
  func aGroupOfManyCulprits() {
    let count = 20_000
    var host = SampleAudit.host
    for number in 0..<count {
      let address = PCIAddress(
        domain: UInt32(number >> 8), bus: UInt8(number & 0xff), slot: 0, function: 0)
      host.add(number == 0 ? "vfio-pci" : "nvme", named: DeviceName(address))
    }
    let text = AuditText(host.audit).text
    #expect(text.split(separator: "\n").count { $0.hasSuffix(" SET_CONTAINER EPERM") } == count - 1)
  }

  @Test func anUndeterminedGroupSaysWhatWouldSettleIt() {
    let text = AuditText(SampleAudit.undetermined).text
    #expect(text.hasPrefix("undetermined: group 3; what would settle it is listed below\n"))
    #expect(
      text.contains(
        "group 3: the driver of 0000:03:00.0 could not be read: permission denied (EACCES)\n"))
    #expect(text.contains("0000:03:00.0  ?"))
  }
}
