import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport
import Testing

/// A capture that lacks a fact because an earlier version never asked for it.
@Suite struct EarlierCaptureTests {
  private static let fixtures = [
    Fixture.host("desktop-b550-graphics-passed-through"), Fixture.host("pf-and-vfs-in-one-group"),
  ]

  /// The first of the facts that none of the fixtures was asked for.
  private static let hostUse: HostPath = "sys/dev/block"

  /// Facts on which no verdict about a host as it is rests.
  private static let light: [HostPath] = [
    "sys/devices/*/numa_node", "sys/devices/*/reset_method", "sys/devices/*/iommu",
    "sys/devices/*/physfn", "sys/devices/*/sriov_totalvfs", "sys/kernel/iommu_groups/*/name",
    "sys/bus/*/drivers/*/module", "dev/iommu", "sys/firmware/acpi/tables/DMAR",
  ]
  /// Facts whose change a comparison names.
  private static let heavy: [HostPath] = [
    "sys/devices/*/driver", "sys/devices/*/driver_override", "sys/devices/*/class",
    "sys/kernel/iommu_groups/*/type", "proc/interrupts", "proc/cmdline",
    "sys/module/vfio_pci/parameters/enable_sriov",
  ]

  private func capture(_ fixture: Fixture, without fact: HostPath?) throws -> SnapshotEntries {
    let file = try #require(TreeFiles.readFile(fixture.path))
    return try SnapshotFile.parse(file).filter { $0.key.fact != fact }
  }

  private func host(_ entries: SnapshotEntries) -> ObservedHost {
    SnapshotStore(entries: entries, unlisted: .notCaptured).host(needing: .all)
  }

  @Test(arguments: fixtures, light + heavy + ["sys/kernel/iommu_groups/*/reserved_regions"])
  func aFactThatWasNotAskedIsNamedOnce(fixture: Fixture, fact: HostPath) throws {
    let entries = try capture(fixture, without: fact)
    let host = host(entries)
    #expect(host.problems.isEmpty)
    #expect(host.notAsked.contains(fact))
    // Facts that are asked for only because this one is not known.
    #expect(host.notAsked.count <= 4, "\(host.notAsked)")
    // Captured again, as a file and as a tree, it is the same host.
    let record = SnapshotStore(entries: entries, unlisted: .notCaptured).recordedHost()
    #expect(self.host(try SnapshotFile.parse(record.file)) == host)
    for entries in [entries, record.entries] {
      let directory = try TemporaryDirectory()
      try TreeFiles.write(SnapshotTree.plain(entries), to: directory.path)
      #expect(try HostSource.sysroot(directory.path).record().host == host)
    }
  }

  @Test(arguments: fixtures, light + heavy + ["sys/kernel/iommu_groups/*/reserved_regions"])
  func aVerdictStaysTheSameOrBecomesUndetermined(fixture: Fixture, fact: HostPath) throws {
    let whole = Analyzer.audit(host(try capture(fixture, without: nil)), by: nil)
    let reduced = Analyzer.audit(host(try capture(fixture, without: fact)), by: nil)
    for (group, other) in zip(whole.groups, reduced.groups)
    where group.viability != other.viability {
      #expect(other.viability.word == "undetermined", "group \(group.group.number)")
    }
    #expect(whole.groups.count == reduced.groups.count)
  }

  @Test(arguments: fixtures, light)
  func aLightFactOnOneSideIsNotADifference(fixture: Fixture, fact: HostPath) throws {
    let whole = Analyzer.audit(host(try capture(fixture, without: nil)), by: nil)
    let reduced = Analyzer.audit(host(try capture(fixture, without: fact)), by: nil)
    for comparison in [
      HostComparison(old: whole, new: reduced), HostComparison(old: reduced, new: whole),
    ] {
      #expect(comparison.isSame)
      #expect(comparison.notAsked.contains { $0.fact == fact })
    }
    #expect(HostComparison(old: reduced, new: reduced).notAsked.isEmpty)
  }

  @Test(arguments: fixtures, heavy)
  func aHeavyFactOnOneSideIsReportedAsUnknown(fixture: Fixture, fact: HostPath) throws {
    let whole = Analyzer.audit(host(try capture(fixture, without: nil)), by: nil)
    let reduced = Analyzer.audit(host(try capture(fixture, without: fact)), by: nil)
    #expect(HostComparison(old: whole, new: reduced).unknowns.contains(.fact(fact, .new)))
    #expect(HostComparison(old: reduced, new: whole).unknowns.contains(.fact(fact, .old)))
    #expect(HostComparison(old: reduced, new: reduced).isSame)
  }

  /// One answer of many that is missing is a damage, and is named by its path.
  @Test func oneMissingAnswerOfManyIsAProblem() throws {
    var entries = try capture(Self.fixtures[0], without: nil)
    let path = try #require(entries.keys.sorted().first { $0.name == "numa_node" })
    entries[path] = nil
    let host = host(entries)
    #expect(host.problems == [ReadProblem(path: path, failure: .notCaptured)])
    #expect(host.notAsked == [Self.hostUse])
  }

  /// Without the list of devices there is no host, whatever made the capture.
  @Test(arguments: ["sys/bus/*/devices", "sys/kernel/iommu_groups/*/devices"] as [HostPath])
  func aMissingListOfDevicesIsAProblem(fact: HostPath) throws {
    let fixture = Self.fixtures[0]
    let below = fact / "*"
    let entries = try capture(fixture, without: fact).filter { $0.key.fact != below }
    #expect(host(entries).problems.contains { $0.failure == .notCaptured && $0.path.fact == fact })
  }
}
