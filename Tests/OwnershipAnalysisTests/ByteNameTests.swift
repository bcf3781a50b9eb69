import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport
import Testing

/// Two devices whose names spell the same characters in other bytes.
@Suite struct ByteNameTests {
  private static let names = ["\u{e9}dev", "e\u{301}dev"]

  private var tree: HostTree {
    var host = HostTree(kernel: "6.12.0")
    host.add(
      BusDevice(
        DeviceName(Self.names[0]), on: .platform, driver: "vfio-platform", group: 5,
        override: "vfio-platform"),
      BusDevice(DeviceName(Self.names[1]), on: .platform, driver: "engine", group: 5))
    return host
  }

  @Test func bothDevicesAreShownAndTheirGroupIsMixed() throws {
    let directory = try TemporaryDirectory()
    try tree.write(to: directory.path)
    let record = try HostSource.sysroot(directory.path).record()
    let audit = Analyzer.audit(record.host, by: nil)
    #expect(record.host.problems.isEmpty)
    #expect(Set(record.host.devices.map(\.name)) == Set(Self.names.map { DeviceName($0) }))
    #expect(audit.groups.map { $0.members.count } == [2])
    let finding = try #require(audit.findings.first { $0.rule.text == "mixed-group" })
    #expect(finding.devices == [DeviceName(Self.names[1])])
    let captured = SnapshotStore(
      entries: try SnapshotFile.parse(record.file), unlisted: .notCaptured)
    #expect(captured.host(needing: .all) == record.host)
    let copy = try TemporaryDirectory()
    try TreeFiles.write(SnapshotTree.plain(record.entries), to: copy.path)
    #expect(try HostSource.sysroot(copy.path).record().host == record.host)
  }
}
