import HostModel
import HostReader
import OwnershipAnalysis
import Reporting
import SystemCalls
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

  /// Two bytes that are not text, and the characters of an escape.
  private static let undecoded = [[0x61, 0xff], [0x61, 0xfe], Array("a\\xff".utf8)]
    .map { DeviceName(NameText.text(of: $0[...])) }
  private static let driver = DriverName(NameText.text(of: [0x64, 0xff]))

  private var undecodedTree: HostTree {
    var host = HostTree(kernel: "6.12.0")
    host.add(
      BusDevice(
        Self.undecoded[0], on: .platform, driver: "vfio-platform", group: 5,
        override: "vfio-platform"),
      BusDevice(
        Self.undecoded[1], on: .platform, driver: Self.driver, group: 5, override: Self.driver),
      BusDevice(Self.undecoded[2], on: .platform, group: 5))
    return host
  }

  @Test func namesThatAreNotUTF8StayDifferentInEveryForm() throws {
    let directory = try TemporaryDirectory()
    try undecodedTree.write(to: directory.path)
    let record = try HostSource.sysroot(directory.path).record()
    #expect(record.host.problems.isEmpty, "\(record.host.problems)")
    #expect(Set(record.host.devices.map(\.name)) == Set(Self.undecoded))
    let second = try #require(record.host.devices(named: Self.undecoded[1]).first)
    #expect(second.driver == .value(Self.driver))
    #expect(second.driverOverride == .value(.driver(Self.driver)))
    let finding = try #require(
      Analyzer.audit(record.host, by: nil).findings.first { $0.rule.text == "mixed-group" })
    #expect(finding.devices == [Self.undecoded[1]])

    let file = record.file
    #expect(file.allSatisfy { $0 < 0x80 })
    let text = String(decoding: file, as: UTF8.self)
    for name in ["/a\\xff/", "/a\\xfe/", "/a\\\\xff/", "drivers/d\\xff"] {
      #expect(text.contains(name), "\(name)")
    }
    let captured = SnapshotStore(entries: try SnapshotFile.parse(file), unlisted: .notCaptured)
    let again = captured.recordedHost()
    #expect(again.host == record.host)
    #expect(again.file == file)
    let copy = try TemporaryDirectory()
    try TreeFiles.write(SnapshotTree.plain(record.entries), to: copy.path)
    #expect(try HostSource.sysroot(copy.path).record().host == record.host)
  }

  @Test func namesThatAreNotUTF8AreShownAndReadByTheirBytes() throws {
    let shown = Self.undecoded.map { TerminalText.escape($0.text) }
    #expect(shown == ["a\\xff", "a\\xfe", "a\\\\xff"])
    #expect(shown.map(TerminalText.escape) == shown)
    #expect(shown.map(DeviceName.init(spelling:)) == Self.undecoded)
    #expect(
      Self.undecoded.map { JSONText(.string($0.text), .line).text } == [
        #""a\\xff""# + "\n", #""a\\xfe""# + "\n", #""a\\\\xff""# + "\n",
      ])
  }
}
