import HostModel
import SystemCalls
import TestSupport
import Testing

@testable import HostReader

/// Whatever a host would not say, its snapshot and its tree do not say for the same reason.
@Suite struct ReadProblemTests {
  static let answers: [ReadFailure] = [
    .refused(.permissionDenied), .refused(ErrorNumber(code: 517)), .timedOut, .avoided,
    .malformed("a\u{1b}b \\"), .tooLarge(limit: 65536), .unexpectedKind, .leadsOut, .notCaptured,
    .tooManyEntries(limit: 9), .vanished,
  ]
  static let remarks: [ReadProblem] = [
    ReadProblem(path: "sys/bus", failure: .enumerationFailed),
    ReadProblem(path: "sys/kernel/uevent_seqnum", failure: .hostChanging),
    ReadProblem(path: "sys/devices/pci0000:00/0000:00:1f.2", failure: .unknownToUdev),
    ReadProblem(path: "sys/devices/pci0000:00/0000:00:1f.9", failure: .knownOnlyToUdev),
  ]

  /// One of each kind of question without an answer.
  private func host(_ failure: ReadFailure) -> SnapshotEntries {
    var entries = HostTree.small.entries
    let device: HostPath = "sys/devices/pci0000:00/0000:00:1f.3"
    for name in ["driver", "driver_override", "vfio-dev", "numa_node", "reset"] {
      for path in entries.keys where path.relative.hasPrefix((device / name).relative) {
        entries[path] = nil
      }
      entries[device / name] = .failed(failure)
    }
    entries["proc/cmdline"] = .failed(failure)
    entries["proc/interrupts"] = .failed(failure)
    entries["sys/bus/platform/devices"] = .failed(failure)
    entries["sys/class/iommu/dmar0"] = .failed(failure)
    entries["sys/kernel/iommu_groups/8"] = .failed(failure)
    return entries
  }

  /// The host of these entries, as composed, from its snapshot and from its tree.
  private func readings(_ store: some Store) throws -> [HostRecord] {
    let record = store.recordedHost()
    let parsed = try SnapshotFile.parse(record.file)
    let directory = try TemporaryDirectory()
    try TreeFiles.makeDirectory(directory / "tree")
    try TreeFiles.write(SnapshotTree.plain(record.entries), to: directory / "tree")
    return [
      record, SnapshotStore(entries: parsed, unlisted: .notCaptured).recordedHost(),
      try HostSource.sysroot(directory / "tree").record(),
    ]
  }

  @Test(arguments: answers) func readFailuresAreKeptInSnapshotAndTree(failure: ReadFailure) throws {
    let store = SnapshotStore(entries: host(failure), unlisted: .absent)
    let readings = try readings(store)
    #expect(readings[0].host.problems.count >= 9, "\(readings[0].host.problems)")
    for reading in readings.dropFirst() {
      #expect(reading.host == readings[0].host)
      #expect(reading.file == readings[0].file)
    }
  }

  @Test func remarksAreKeptInSnapshotAndTree() throws {
    var record = SnapshotStore(entries: HostTree.small.entries, unlisted: .absent).recordedHost()
    for remark in Self.remarks { record.add(remark) }
    #expect(record.host.problems == Self.remarks.sorted())
    let store = SnapshotStore(
      entries: try SnapshotFile.parse(record.file), unlisted: .notCaptured)
    for reading in try readings(store) {
      #expect(reading.host == record.host)
      #expect(reading.file == record.file)
    }
  }

  @Test func differencesBetweenSysfsAndLibudevAreReported() {
    let remarks = LiveHost.remarks(on: ["sys/a", "sys/b"], listed: ["sys/b", "sys/c"])
    #expect(
      Set(remarks) == [
        ReadProblem(path: "sys/a", failure: .unknownToUdev),
        ReadProblem(path: "sys/c", failure: .knownOnlyToUdev),
      ])
    #expect(LiveHost.remarks(on: [], listed: nil).map(\.failure) == [.enumerationFailed])
  }

  /// A file where a link is expected, under a name of a byte that is not text.
  @Test func anEntryWhoseNameIsNotUTF8IsReportedUnderItsName() throws {
    let directory = try TemporaryDirectory()
    try HostTree.small.write(to: directory.path)
    for place in ["class/iommu", "bus/pci/devices", "kernel/iommu_groups/7/devices"] {
      try TreeFiles.makeDirectories(directory / "sys/\(place)")
      try TreeFiles.writeFile(directory / "sys/\(place)/\(NameText.text(of: [0xff]))", [])
    }
    let source = try HostSource.sysroot(directory.path).record()
    let named = source.host.problems.filter { "\($0.path)".hasSuffix("/\\xff") }
    #expect(named.count >= 3)
    #expect(named.allSatisfy { $0.failure == .unexpectedKind }, "\(named)")
    for reading in try readings(
      SnapshotStore(entries: try SnapshotFile.parse(source.file), unlisted: .notCaptured))
    {
      #expect(reading.host == source.host)
    }
  }
}
