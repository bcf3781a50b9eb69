import HostModel
import OwnershipAnalysis
import Testing

@Suite("The remedy of a mixed group asks only for what the kernel would accept")
struct MixedGroupRemedyTests {
  private func remedy(_ host: SmallHost) -> String? {
    Analyzer.audit(host.snapshot, requestedKernel: KernelVersion(6, 12)).findings
      .first { $0.rule == .mixedGroup }?.remedy
  }

  @Test("an ordinary member can be bound or unbound")
  func ordinary() {
    var host = SmallHost()
    host.add("vfio-pci")
    host.add("e1000e")
    #expect(
      remedy(host)
        == "bind 0000:01:00.1 to vfio-pci too, or unbind it if the host can do without it")
  }

  @Test("a physical function with VFs is not sent to vfio-pci, which refuses it")
  func physicalFunction() throws {
    var host = SmallHost()
    host.add("vfio-pci")
    host.add("mlx5_core")
    host.members[1].sriov = .physical(
      PhysicalFunction(
        totalVFs: .value(8), virtualFunctions: [host.members[0].path],
        driversAutoprobe: .value(true)))
    let text = try #require(remedy(host))
    #expect(text.hasPrefix("0000:01:00.1 cannot go to vfio-pci while it has VFs"))
    #expect(!text.contains("bind 0000:01:00.1"))
  }

  @Test("a device of another bus is sent to that bus' VFIO driver, or only unbound")
  func otherBuses() {
    for (bus, driver) in [
      (BusName.platform, "vfio-platform"), (.amba, "vfio-amba"), (.fslMC, "vfio-fsl-mc"),
      (.cdx, "vfio-cdx"),
    ] {
      var host = SmallHost()
      host.add("vfio-pci")
      host.add("some-driver", bus: bus)
      host.members[1].identity = .absent
      #expect(
        remedy(host)
          == "bind 0000:01:00.1 to \(driver) too, or unbind it if the host can do without it",
        "\(bus)"
      )
    }
    var host = SmallHost()
    host.add("vfio-pci")
    host.add("some-driver", bus: "host1x")
    // Other buses than these five keep user space out only up to 5.18.
    let finding = Analyzer.audit(host.snapshot, requestedKernel: KernelVersion(5, 10)).findings
      .first { $0.rule == .mixedGroup }
    #expect(
      finding?.remedy == "unbind 0000:01:00.1 if the host can do without it: no VFIO driver takes "
        + "devices of bus host1x")
  }

  @Test("a VFIO driver that the kernel does not have yet is not named")
  func laterDriver() {
    #expect(DriverProfiles.generalVFIODriver(of: .cdx, in: KernelVersion(6, 1)) == nil)
    #expect(DriverProfiles.generalVFIODriver(of: .cdx, in: KernelVersion(6, 6)) == "vfio-cdx")
    #expect(DriverProfiles.generalVFIODriver(of: .pci, in: nil) == "vfio-pci")
  }

  @Test("a device on vfio-pci's denylist is not sent there, unless the list is lifted")
  func denylisted() {
    var host = SmallHost()
    host.add("vfio-pci")
    host.add("c6xx")
    host.add("e1000e")
    host.members[1].identity = .value(
      PCIIdentity(vendor: 0x8086, device: 0x37c8, deviceClass: PCIClass(code: 0x0b4000)))
    #expect(
      remedy(host)
        == "bind 0000:01:00.2 to vfio-pci too, or unbind it if the host can do without it; "
        + "unbind 0000:01:00.1 or put it on pci-stub, if the host can do without it: vfio-pci refuses "
        + "it by its denylist")
    host.isDenylistDisabled = true
    #expect(
      remedy(host) == "bind 0000:01:00.1, 0000:01:00.2 to vfio-pci too, or unbind them if the host "
        + "can do without them")
  }

  @Test("a false stub on a physical function with VFs goes to pci-stub alone")
  func falseStub() {
    var host = SmallHost()
    host.add("vfio-pci")
    host.add("pci-pf-stub")
    func remedy(_ host: SmallHost) -> String? {
      Analyzer.audit(host.snapshot, requestedKernel: KernelVersion(6, 12)).findings
        .first { $0.rule == .notAStub }?.remedy
    }
    #expect(
      remedy(host)
        == "move 0000:01:00.1 to pci-stub or vfio-pci; pci-pf-stub counts as a kernel driver")
    host.members[1].sriov = .physical(
      PhysicalFunction(
        totalVFs: .value(8), virtualFunctions: [host.members[0].path],
        driversAutoprobe: .value(true)))
    #expect(
      remedy(host) == "move 0000:01:00.1 to pci-stub: vfio-pci refuses it while it has VFs; "
        + "pci-pf-stub counts as a kernel driver")
  }

  @Test("a bridge among the culprits is told apart and never sent to vfio-pci")
  func bridge() {
    var host = SmallHost()
    host.add("vfio-pci")
    host.add("e1000e")
    host.add("shpchp", bridge: true, deviceClass: 0x060400)
    let findings = Analyzer.audit(host.snapshot, requestedKernel: KernelVersion(6, 12)).findings
      .filter { $0.severity == .error }
    #expect(Set(findings.map(\.rule)) == [.mixedGroup, .bridgeDriverBlocks])
    #expect(findings.first { $0.rule == .mixedGroup }?.devices == ["0000:01:00.1"])
  }

  @Test("what could not be read is not taken for a device that vfio-pci accepts")
  func unreadRefusals() {
    var host = SmallHost()
    host.add("vfio-pci")
    host.add("e1000e")
    let failure = ReadFailure.refused(.inputOutput)
    var unread: [(change: (inout Device) -> Void, word: String)] = []
    unread.append(({ $0.header = .unread(failure) }, "bridge"))
    unread.append(({ $0.sriov = .unread(failure) }, "VFs"))
    unread.append(({ $0.identity = .unread(failure) }, "ids"))
    for (change, word) in unread {
      var changed = host
      change(&changed.members[1])
      let remedy = remedy(changed) ?? ""
      #expect(remedy.hasPrefix("unbind 0000:01:00.1 if the host can do without it: "))
      #expect(remedy.contains(word) && !remedy.contains("to vfio-pci"), "\(remedy)")
    }
  }
}
