import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport
import Testing

extension Audit {
  /// The judgement of a composed host.
  static func of(_ host: HostTree) -> Audit { of(host.entries) }

  static func of(_ entries: SnapshotEntries) -> Audit { Analyzer.audit(entries.observed) }
}

/// What a comparison says of verdicts, and of what one of the hosts does not show.
@Suite("Comparisons of two hosts")
struct ComparisonTests {
  private static let graphics: HostPath = "sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0"

  private func host(audio: DriverName?, kernel: String = "6.12.0") -> HostTree {
    var host = HostTree(kernel: kernel)
    host.add(
      PCIFunction("0000:00:01.0", class: 0x060400, id: "8086:1901", driver: "pcieport", group: 1),
      PCIFunction(
        "0000:01:00.0", class: 0x030000, id: "10de:13c2", driver: "vfio-pci", group: 13,
        parent: "0000:00:01.0"),
      PCIFunction(
        "0000:01:00.1", class: 0x040300, id: "10de:0fbb", driver: audio, group: 13,
        parent: "0000:00:01.0"))
    return host
  }

  @Test("a device is not reported as gone if its bus could not be listed")
  func unlistedBus() {
    var unlisted = host(audio: nil).entries
    for path in unlisted.keys where path.relative.hasPrefix("sys/bus/pci/devices") {
      unlisted[path] = nil
    }
    unlisted["sys/bus/pci/devices"] = .failed(.refused(.permissionDenied))
    // Nor has it a group that could name the devices.
    for path in unlisted.keys where path.relative.hasPrefix("sys/kernel/iommu_groups") {
      unlisted[path] = nil
    }
    unlisted["sys/kernel/iommu_groups"] = .failed(.refused(.permissionDenied))
    let comparison = HostComparison(old: .of(host(audio: nil)), new: .of(unlisted))
    #expect(comparison.devices.isEmpty)
    #expect(comparison.groups.isEmpty)
    #expect(!comparison.unknowns.isEmpty)
  }

  @Test("an unread driver is reported as unknown, neither as the same nor as changed")
  func unreadDriver() {
    var unread = host(audio: nil).entries
    unread[ComparisonTests.graphics / "driver"] = .failed(.refused(.inputOutput))
    let comparison = HostComparison(old: .of(host(audio: nil)), new: .of(unread))
    #expect(comparison.devices.isEmpty)
    #expect(
      comparison.unknowns.contains(
        .problem(
          ReadProblem(path: ComparisonTests.graphics / "driver", failure: .refused(.inputOutput)),
          .new)))
    #expect(comparison.unknowns.contains(.viability(13, .new)))
  }

  @Test("a read problem is recognized at another address")
  func renumberedProblem() {
    func entries(bus: String) -> SnapshotEntries {
      var host = HostTree(kernel: "6.12.0")
      let name = DeviceName("0000:\(bus):00.0")
      host.add(
        PCIFunction("0000:00:01.0", class: 0x060400, id: "8086:1901", driver: "pcieport"),
        PCIFunction(name, class: 0x030000, id: "10de:13c2", parent: "0000:00:01.0"))
      var entries = host.entries
      entries["sys/devices/pci0000:00/0000:00:01.0" / name.text / "driver"] =
        .failed(.refused(.inputOutput))
      return entries
    }
    let comparison = HostComparison(old: .of(entries(bus: "01")), new: .of(entries(bus: "02")))
    #expect(comparison.problems.isEmpty)
    #expect(comparison.devices.map(\.change) == [.renumbered])
  }

  @Test("a read problem of a new device does not hide a change")
  func problemOfNewDevice() throws {
    var more = host(audio: nil)
    more.add(PCIFunction("0000:00:02.0", class: 0x030000, id: "8086:3e92"))
    var entries = more.entries
    entries["sys/devices/pci0000:00/0000:00:02.0/driver"] = .failed(.refused(.inputOutput))
    let comparison = HostComparison(old: .of(host(audio: nil)), new: .of(entries))
    #expect(comparison.problems.map(\.hidesChange) == [false])
    #expect(comparison.unknowns.isEmpty)
  }

  @Test("a verdict that only the other kernel explains is marked as such")
  func kernelAlone() {
    let old = Audit.of(host(audio: "snd_hda_intel", kernel: "5.10.0"))
    let comparison = HostComparison(old: old, new: .of(host(audio: "snd_hda_intel")))
    #expect(comparison.changesKernel)
    let group = comparison.groups.first { $0.new?.group.number == 13 }
    #expect(group?.aspects.contains(.refusals) == true)
    #expect(group?.isDueToKernel == true)
    let rebound = HostComparison(old: old, new: .of(host(audio: nil)))
    #expect(rebound.groups.first { $0.new?.group.number == 13 }?.isDueToKernel == false)
    #expect(rebound.findings.filter { $0.new == nil }.map(\.isDueToKernel) == [false])
  }

  @Test("both hosts can be audited by the rules of one kernel")
  func oneKernel() {
    let audits = ["5.10.0", "6.12.0"].map {
      Analyzer.audit(
        Audit.of(host(audio: "snd_hda_intel", kernel: $0)).host, by: .version(.init(6, 12)))
    }
    let comparison = HostComparison(old: audits[0], new: audits[1])
    #expect(comparison.changesKernel)
    #expect(comparison.groups.allSatisfy { $0.aspects == [.type] })
    #expect(comparison.findings.isEmpty)
  }

  @Test("a new error is distinguished from one that was there before")
  func newErrors() {
    let mixed = Audit.of(host(audio: "snd_hda_intel"))
    let worse = HostComparison(old: .of(host(audio: nil)), new: mixed)
    #expect(worse.findings.filter { $0.isNewlyCritical }.compactMap(\.new?.rule) == [.mixedGroup])
    let better = HostComparison(old: mixed, new: .of(host(audio: nil)))
    #expect(!better.findings.contains { $0.isNewlyCritical })
    #expect(better.findings.filter { $0.new == nil }.compactMap(\.old?.rule) == [.mixedGroup])
  }

  @Test("the members of a split group are followed")
  func splitGroup() throws {
    var split = host(audio: "vfio-pci")
    split["0000:01:00.1"].group = 14
    let comparison = HostComparison(old: .of(host(audio: "vfio-pci")), new: .of(split))
    let kept = try #require(comparison.groups.first { $0.old != nil })
    #expect(kept.lost.map(\.device.name) == ["0000:01:00.1"])
    #expect(kept.lost.map(\.group) == [14])
    let new = try #require(comparison.groups.first { $0.old == nil })
    #expect(new.gained.map(\.group) == [13])
  }

  @Test("a source that shows no host is reported as unknown")
  func blankHost() {
    let blank = Audit.of(["sys": .directory])
    #expect(HostComparison(old: blank, new: blank).unknowns.contains(.blank(.new)))
  }
}
