import HostModel
import TestSupport
import Testing

@testable import HostReader

/// Several threads read what one reads, to the byte and in the same order.
@Suite struct ReadersTests {
  /// Forty devices, some of them with something wrong: every kind of problem, and entries of buses
  /// that lead to one device.
  private static let entries: SnapshotEntries = {
    var host = HostTree(kernel: "6.12.94")
    let names = (0..<40).map { number in
      DeviceName(
        PCIAddress(domain: 0, bus: 0, slot: UInt8(number / 8), function: UInt8(number % 8)))
    }
    for (number, name) in names.enumerated() {
      host.add(
        PCIFunction(
          name, class: 0x020000, id: "8086:1533", driver: ["vfio-pci", "nvme", nil][number % 3],
          group: GroupNumber(UInt32(number / 3))))
    }
    var entries = host.entries
    let links: SnapshotEntries = [
      "sys/bus/platform/devices/twice": .link("../../../devices/pci0000:00/0000:00:03.0"),
      "sys/bus/pci/devices/0000:09:00.0": .link("../../../devices/pci0000:00/0000:09:00.0"),
      "sys/bus/pci/devices/0000:09:00.1": .link("../../../../../../etc"),
      "sys/bus/pci/devices/0000:09:00.2": .link("../../../kernel"),
      "sys/kernel/iommu_groups/none": .directory,
      "sys/kernel/iommu_groups/7/devices/gone": .link("../../../../devices/pci0000:00/gone"),
    ]
    entries.merge(links) { _, new in new }
    for (number, name) in names.enumerated() {
      let device: HostPath = "sys/devices/pci0000:00" / name.text
      switch number % 8 {
      case 1:
        entries[device / "modalias"] = nil
        entries[device / "vendor"] = .text("\(number)")
      case 2: entries[device / "vfio-dev/vfio\(number)/dev"] = .text("511:0")
      case 3: entries[device / "iommu_group"] = .link("../../../kernel/iommu_groups/99")
      case 4: entries[device / "driver_override"] = .directory
      case 5: entries[device / "physfn"] = .link("/outside")
      case 6: entries[device / "reset_method"] = .attribute([0xff])
      default: break
      }
    }
    return entries
  }()

  private static let several = [
    Readers(threads: 2, shortestList: 1, batch: 1), Readers(threads: 2, shortestList: 1, batch: 7),
    Readers(threads: 5, shortestList: 1, batch: 3),
  ]

  private func expectSameAsOne(_ path: String, _ readers: Readers) throws {
    let one = try HostSource.sysroot(path).read(needing: .all, by: .one)
    let host = try HostSource.sysroot(path).read(needing: .all, by: readers)
    #expect(host == one)
  }

  @Test(arguments: several) func severalReadersReadAPlainTreeAsOne(readers: Readers) throws {
    let directory = try TemporaryDirectory()
    try TreeFiles.write(Self.entries.withoutNotes, to: directory.path)
    try expectSameAsOne(directory.path, readers)
    let host = try HostSource.sysroot(directory.path).read(needing: .all, by: readers)
    #expect(host.devices.count == 40)
    #expect(host.problems.count > 25)
  }

  @Test(arguments: several) func severalReadersReadATreeWithNotesAsOne(readers: Readers) throws {
    let directory = try TemporaryDirectory()
    let record = SnapshotStore(entries: Self.entries, unlisted: .absent).recordedHost()
    try TreeFiles.write(SnapshotTree.plain(record.entries), to: directory.path)
    try expectSameAsOne(directory.path, readers)
    let host = try HostSource.sysroot(directory.path).read(needing: .all, by: readers)
    #expect(host == record.host)
  }

  @Test(arguments: Fixture.trees) func severalReadersReadEveryFixtureAsOne(fixture: Fixture) throws
  {
    for readers in Self.several { try expectSameAsOne(fixture.path, readers) }
  }

  @Test(arguments: several) func answersAndProblemsKeepTheirOrder(readers: Readers) throws {
    let directory = try TemporaryDirectory()
    try TreeFiles.write(Self.entries.withoutNotes, to: directory.path)
    let store = try DirectoryStore(tree: directory.path)
    var one = Inquiry(store, needing: .all, by: .one)
    var several = Inquiry(store, needing: .all, by: readers)
    #expect(several.groups().groups == one.groups().groups)
    let found = one.foundDevices(on: GroupBus.all)
    #expect(several.foundDevices(on: GroupBus.all).map(\.path) == found.map(\.path))
    #expect(several.devices(found, members: []) == one.devices(found, members: []))
    #expect(several.problems == one.problems)
    #expect(several.notAsked == one.notAsked)
  }

  @Test func withoutASecondReaderTheFirstReadsAll() {
    let store = LonelyStore()
    let readers = Readers(threads: 3, shortestList: 1, batch: 1)
    let host = store.host(needing: .all, by: readers)
    #expect(host == HostTree.small.observed)
  }

  @Test func aShortListTakesOneReader() {
    #expect(Readers(threads: 4, shortestList: 100, batch: 10).count(for: 99) == 1)
    #expect(Readers(threads: 4, shortestList: 100, batch: 10).count(for: 100) == 4)
    #expect(Readers(threads: 4, shortestList: 10, batch: 10).count(for: 11) == 2)
    #expect(Readers.one.count(for: 1_000_000) == 1)
  }
}

/// A store that offers other readers, and can make none.
private struct LonelyStore: Store {
  private let store = SnapshotStore(entries: HostTree.small.entries, unlisted: .absent)

  var remarks: [ReadProblem] { [] }
  var anotherReader: (@Sendable () -> LonelyStore?)? { { nil } }

  func names(in directory: HostPath) throws(ReadFailure) -> [String]? {
    try store.names(in: directory)
  }

  func attribute(_ name: String, in directory: HostPath) throws(ReadFailure) -> [UInt8]? {
    try store.attribute(name, in: directory)
  }

  func excerpt(
    _ excerpt: Excerpt, of name: String, in directory: HostPath
  ) throws(ReadFailure) -> [String]? {
    try store.excerpt(excerpt, of: name, in: directory)
  }

  func link(_ name: String, in directory: HostPath) throws(ReadFailure) -> String? {
    try store.link(name, in: directory)
  }

  func contains(_ name: String, in directory: HostPath) throws(ReadFailure) -> Bool {
    try store.contains(name, in: directory)
  }

  func openVFIOFiles() -> OpenFileScan { store.openVFIOFiles() }
}
