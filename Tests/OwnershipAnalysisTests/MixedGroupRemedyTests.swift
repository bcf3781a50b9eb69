import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport
import Testing

@Suite("The remedy of a mixed group asks only for what the kernel would accept")
struct MixedGroupRemedyTests {
  private static let kernel = KernelVersion(6, 12)

  private func remedy(_ host: HostValues, of rule: RuleSlug = .mixedGroup) -> String? {
    host.audit.findings.first { $0.rule == rule }?.remedy
  }

  @Test("an ordinary member can be bound or unbound")
  func ordinary() {
    let host = HostValues(Self.kernel, "vfio-pci", "e1000e")
    #expect(
      remedy(host)
        == "bind 0000:01:02.0 to vfio-pci too, or unbind it if the host can do without it")
  }

  @Test("vfio-pci is not proposed for a physical function with VFs, which it refuses")
  func physicalFunction() throws {
    var host = HostValues(Self.kernel, "vfio-pci", "mlx5_core")
    host[2].sriov = .physical(
      PhysicalFunction(
        totalVFs: .value(8), virtualFunctions: [host[1].path],
        driversAutoprobe: .value(true)))
    let text = try #require(remedy(host))
    #expect(text.hasPrefix("0000:01:02.0 cannot go to vfio-pci while it has VFs"))
    #expect(!text.contains("bind 0000:01:02.0"))
  }

  @Test("for a device of another bus that bus' VFIO driver is proposed, or only the unbind")
  func otherBuses() {
    for (bus, driver) in [
      (BusName.platform, "vfio-platform"), (.amba, "vfio-amba"), (.fslMC, "vfio-fsl-mc"),
      (.cdx, "vfio-cdx"),
    ] {
      var host = HostValues(Self.kernel, "vfio-pci")
      host.add("some-driver", named: "a-device", bus: bus)
      #expect(
        remedy(host)
          == "bind a-device to \(driver) too, or unbind it if the host can do without it", "\(bus)"
      )
    }
    // Other buses than these five keep user space out only up to 5.18.
    var host = HostValues(KernelVersion(5, 10), "vfio-pci")
    host.add("some-driver", named: "a-device", bus: "host1x")
    #expect(
      remedy(host) == "unbind a-device if the host can do without it: no VFIO driver takes "
        + "devices of bus host1x")
  }

  @Test("a VFIO driver that the kernel does not have yet is not proposed")
  func laterDriver() {
    #expect(DriverProfiles.generalVFIODriver(of: .cdx, in: KernelVersion(6, 1)) == nil)
    #expect(DriverProfiles.generalVFIODriver(of: .cdx, in: KernelVersion(6, 6)) == "vfio-cdx")
    #expect(DriverProfiles.generalVFIODriver(of: .pci, in: nil) == "vfio-pci")
  }

  @Test("vfio-pci is not proposed for a device on its denylist, unless the list is disabled")
  func denylisted() {
    var host = HostValues(Self.kernel, "vfio-pci", "c6xx", "e1000e")
    host[2].identity = .value(
      PCIIdentity(vendor: 0x8086, device: 0x37c8, deviceClass: PCIClass(code: 0x0b4000)))
    #expect(
      remedy(host)
        == "bind 0000:01:03.0 to vfio-pci too, or unbind it if the host can do without it; "
        + "unbind 0000:01:02.0 or put it on pci-stub, if the host can do without it: vfio-pci refuses "
        + "it by its denylist")
    host.vfio.denylistDisabled = .value(true)
    #expect(
      remedy(host) == "bind 0000:01:02.0, 0000:01:03.0 to vfio-pci too, or unbind them if the host "
        + "can do without them")
  }

  @Test("in place of a false stub on a physical function with VFs only pci-stub is proposed")
  func falseStub() {
    var host = HostValues(Self.kernel, "vfio-pci", "pci-pf-stub")
    #expect(
      remedy(host, of: .notAStub)
        == "move 0000:01:02.0 to pci-stub or vfio-pci; pci-pf-stub counts as a kernel driver")
    host[2].sriov = .physical(
      PhysicalFunction(
        totalVFs: .value(8), virtualFunctions: [host[1].path],
        driversAutoprobe: .value(true)))
    #expect(
      remedy(host, of: .notAStub)
        == "move 0000:01:02.0 to pci-stub: vfio-pci refuses it while it has VFs; "
        + "pci-pf-stub counts as a kernel driver")
  }

  /// A graphics card on VFIO, and in its group a device of another card.
  private func chipset(
    _ deviceClass: UInt32, adjust: (inout UseSetup) -> Void = { _ in }, asksUse: Bool = true
  ) -> String? {
    var host = HostTree(kernel: "6.12.0")
    host.add(
      PCIFunction("0000:01:00.0", class: 0x030000, id: "10de:13c2", driver: "vfio-pci", group: 1),
      PCIFunction("0000:04:00.0", class: deviceClass, id: "144d:a808", driver: "nvme", group: 1))
    if asksUse {
      var use = UseSetup()
      use.addDisk("nvme0n1", "259:0", on: "0000:04:00.0", in: "nvme/nvme0")
      adjust(&use)
      host.use = use
    }
    let observed = SnapshotStore(entries: host.entries, unlisted: .absent)
      .host(needing: NeededFacts(shownHostUse: true))
    return Analyzer.audit(observed, by: nil).findings.first { $0.rule == .mixedGroup }?.remedy
  }

  private static let move = "move the card of 0000:01:00.0 to a slot with a separate group, since "
  private static let bind =
    "bind 0000:04:00.0 to vfio-pci too, or unbind it if the host can do without it"

  @Test("what loses the host is never to be given away")
  func rootDisk() {
    #expect(
      chipset(0x010802) { $0.mount("259:0", at: "/") }
        == Self.move + "0000:04:00.0 has a disk that the host runs from")
  }

  @Test("what hurts the host comes after moving the card")
  func mountedDisk() {
    #expect(
      chipset(0x010802) { $0.mount("259:0", at: "/srv") }
        == Self.move + "0000:04:00.0 has a disk that the host uses; or " + Self.bind)
  }

  @Test("what the host is seen not to use can go")
  func idleDisk() {
    #expect(chipset(0x010802) == Self.bind)
  }

  @Test(
    "where its use is not known, a disk, a network card or a USB controller is left first",
    arguments: [
      (0x010802, "disk controller"), (0x020000, "network card"), (0x0c0330, "USB controller"),
    ] as [(UInt32, String)])
  func unknownUse(deviceClass: UInt32, noun: String) {
    #expect(
      chipset(deviceClass, asksUse: false)
        == Self.move + "0000:04:00.0 is a \(noun); or " + Self.bind)
  }

  @Test("a device of another kind is not worth a move where its use is not known")
  func unknownUseOfOthers() {
    #expect(chipset(0x048000, asksUse: false) == Self.bind)
  }

  @Test("a bridge among the culprits has a separate finding, and vfio-pci is not proposed for it")
  func bridge() {
    var host = HostValues(Self.kernel, "vfio-pci", "e1000e")
    host.add("shpchp", bridge: true, deviceClass: 0x060400)
    let findings = host.audit.findings.filter { $0.severity == .error }
    #expect(Set(findings.map(\.rule)) == [.mixedGroup, .bridgeDriverBlocks])
    #expect(findings.first { $0.rule == .mixedGroup }?.devices == ["0000:01:02.0"])
  }

  @Test("a device with an unread fact is not sent to vfio-pci")
  func unreadRefusals() {
    let host = HostValues(Self.kernel, "vfio-pci", "e1000e")
    let failure = ReadFailure.refused(.inputOutput)
    var unread: [(change: (inout Device) -> Void, word: String)] = []
    unread.append(({ $0.header = .unread(failure) }, "bridge"))
    unread.append(({ $0.sriov = .unread(failure) }, "VFs"))
    unread.append(({ $0.identity = .unread(failure) }, "ids"))
    for (change, word) in unread {
      var changed = host
      change(&changed[2])
      let remedy = remedy(changed) ?? ""
      #expect(remedy.hasPrefix("unbind 0000:01:02.0 if the host can do without it: "))
      #expect(remedy.contains(word) && !remedy.contains("to vfio-pci"), "\(remedy)")
    }
  }
}
