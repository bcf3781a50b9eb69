import HostModel
import OwnershipAnalysis
import TestSupport
import Testing

/// The cases of kernel-rules §13 about what is read, from the tree to the judgement.
@Suite("Edge cases: reading")
struct ReadingEdgeCaseTests {
  private func tree(_ kernel: String = "6.12.107") -> HostTree {
    var tree = HostTree(kernel: kernel)
    tree.add(
      PCIFunction("0000:01:00.0", class: 0x030000, id: "10de:13c2", driver: "vfio-pci", group: 1))
    return tree
  }

  @Test("13.19: a member is identified by the target of its link, not by the name")
  func renamedLink() throws {
    var tree = tree()
    var device = BusDevice("MSFT0101:00", on: .platform, driver: "tpm_tis", group: 1)
    device.groupLinkName = "MSFT0101:00.0"
    tree.add(device)
    let audit = Analyzer.audit(tree.observed)
    #expect(audit.groups[0].members.map(\.device.name) == ["0000:01:00.0", "MSFT0101:00"])
    #expect(
      audit.groups[0].viability.obstacles.flatMap(\.culprits)
        == [Culprit(device: "MSFT0101:00", driver: "tpm_tis")])
  }

  @Test("13.21: an unset driver_override reads (null), and matches by ids")
  func unsetOverride() throws {
    let host = tree().observed
    #expect(host.devices.map(\.driverOverride) == [.value(.unset)])
    #expect(DriverOverride(text: "(null)") == .unset)
  }

  @Test("13.22: an unread driver_override makes the bind undetermined")
  func unreadOverride() throws {
    var host = HostValues(KernelVersion(6, 12, 90))
    host.add(nil, override: .unread(.timedOut))
    #expect(try host.answer("bind D1 snd_hda_intel") == "undetermined at bind")
  }

  @Test("13.51: the capability to remap interrupts does not show that they are remapped")
  func remapping() throws {
    var tree = tree()
    #expect(tree.observed.interrupts.value?.remapping == .active)
    tree.interrupts = InterruptSetup(kind: .plain)
    let host = tree.observed
    #expect(host.iommus.map(\.vendor) == [.intel])
    let opening = Analyzer.audit(host).groups[0].viability
    #expect(opening.obstacles.map(\.rule) == [.unsafeInterrupts])
  }
}
