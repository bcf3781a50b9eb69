import HostModel
import TestSupport
import Testing

@testable import HostReader

/// A tree that a capture wrote answers as its snapshot does, also where a plain tree could not.
@Suite struct CapturedTreeTests {
  static let entries: SnapshotEntries = [
    "proc/*/fd": .failed(.refused(.permissionDenied)),
    "proc/8/comm": .attribute(Array("qemu\n".utf8)), "proc/8/fd/3": .link("/dev/vfio/vfio"),
    "sys/binary": .attribute([0, 0xff, 10]), "sys/d": .directory, "sys/d/file": .attribute([65]),
    "sys/d/link": .link("../../b c"), "sys/d/there": .present, "sys/d/here": .present,
    "sys/d/here/inside": .attribute([66]), "sys/d/refused": .failed(.refused(.permissionDenied)),
    "sys/d/slow": .failed(.timedOut), "sys/d/gone": .absent, "sys/locked": .failed(.avoided),
    "sys/locked/known": .attribute([67]), "sys/empty": .directory, "usr/none": .absent,
  ]

  private func tree(_ entries: SnapshotEntries) throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try TreeFiles.write(SnapshotTree.plain(entries), to: directory.path)
    return directory
  }

  @Test func treeAndSnapshotAnswerEveryQuestionAlike() throws {
    let directory = try tree(Self.entries)
    let snapshot = SnapshotStore(entries: Self.entries, unlisted: .notCaptured)
    guard case .capturedTree(let tree) = try CapturedHost(at: directory.path) else {
      Issue.record("the notes were not seen")
      return
    }
    var paths: Set<HostPath> = ["sys/unknown", "sys/d/unknown", "sys/d/here/unknown", "usr/x/y"]
    for path in Self.entries.keys { paths.formUnion([path, path / "below"]) }
    for path in paths.sorted() {
      let directory = try #require(path.parent)
      let name = String(path.name)
      #expect(Answers(of: tree, name, directory) == Answers(of: snapshot, name, directory))
    }
    #expect(tree.openVFIOFiles() == snapshot.openVFIOFiles())
  }

  @Test(
    "every fixture reads the same from tree and snapshot",
    arguments: Fixture.hosts + Fixture.rules + Fixture.trees)
  func everyFixtureReadsAlike(fixture: Fixture) throws {
    let source = try HostSource.sysroot(fixture.path).record()
    let directory = try tree(source.entries)
    let copy = try HostSource.sysroot(directory.path).record()
    #expect(copy.host == source.host)
    #expect(copy.entries == source.entries)
    let parsed = try SnapshotFile.parse(source.file)
    let snapshot = SnapshotStore(entries: parsed, unlisted: .notCaptured).recordedHost()
    #expect(snapshot.host == source.host)
    #expect(snapshot.file == source.file)
  }

  /// The file is there and root could read it; the notes say that the reader of the host could not.
  @Test func aFileThatTheCaptureCouldNotReadStaysUnread() throws {
    var entries = HostTree.small.entries
    entries["proc/cmdline"] = .failed(.refused(.permissionDenied))
    let record = SnapshotStore(entries: entries, unlisted: .absent).recordedHost()
    let directory = try tree(record.entries)
    #expect(TreeFiles.readFile(directory / "proc/cmdline") == nil)
    let read = try HostSource.sysroot(directory.path).read(needing: .all)
    #expect(read.kernel.commandLine == .unread(.refused(.permissionDenied)))
  }

  /// Files and links that come after the notes count, whatever the notes say of their place.
  @Test(arguments: [SnapshotEntry.failed(.refused(.permissionDenied)), .absent, .present, nil])
  func filesAddedToATreeOverrideItsNotes(noted: SnapshotEntry?) throws {
    var entries = HostTree.small.entries
    entries["proc/cmdline"] = noted
    entries["dev/iommu"] = noted == .present ? .absent : noted
    let record = SnapshotStore(entries: entries, unlisted: .absent).recordedHost()
    var kept = record.entries
    kept["proc/cmdline"] = noted ?? .absent
    let directory = try tree(kept)
    TreeFiles.removeTree(directory / "proc/cmdline")
    try TreeFiles.makeDirectories(directory / "proc")
    try TreeFiles.makeDirectories(directory / "dev")
    try TreeFiles.writeFile(directory / "proc/cmdline", Array("iommu=pt\n".utf8))
    try TreeFiles.writeFile(directory / "dev/iommu", [])
    let device = "/sys/devices/pci0000:00/0000:00:1f.2"
    TreeFiles.removeTree(directory / (device + "/driver"))
    try TreeFiles.makeLink(
      directory / (device + "/driver"), to: "../../../bus/pci/drivers/vfio-pci")
    let read = try HostSource.sysroot(directory.path).read(needing: .all)
    #expect(read.kernel.commandLine == .value(KernelCommandLine("iommu=pt")))
    #expect(read.vfio.hasIOMMUFD == .value(true))
    #expect(read.devices(named: "0000:00:1f.2").first?.driver == .value("vfio-pci"))
  }

  /// A device that is taken out of the lists of its bus and group is gone.
  @Test func aDeviceRemovedFromAListIsGone() throws {
    let record = SnapshotStore(entries: HostTree.small.entries, unlisted: .absent).recordedHost()
    let directory = try tree(record.entries)
    let link = try #require(
      record.entries.keys.first { $0.fact == "sys/bus/*/devices/*" }, "no device is listed")
    TreeFiles.removeTree(directory.path + link.description)
    let read = try HostSource.sysroot(directory.path).read(needing: .all)
    let names = read.devices.filter { $0.group.isAbsent }.map(\.name.text)
    #expect(!names.contains(String(link.name)))
  }

  @Test func malformedNotesAreReportedWithTheirLine() throws {
    let directory = try tree(HostTree.small.entries)
    let notes = directory / SnapshotTree.notesName
    try TreeFiles.writeFile(notes, Array("vfio-preflight-snapshot 1\n/a +\n".utf8))
    let error = try #require(throws: SourceError.self) {
      try HostSource.sysroot(directory.path).read(needing: .all)
    }
    #expect(error.description == "\(notes):2: cut off: the last line is not \"end\"")
  }
}

/// What a store answers to every question about one path, refusals too.
private struct Answers: Equatable {
  let names: Result<[String]?, ReadFailure>
  let bytes: Result<[UInt8]?, ReadFailure>
  let target: Result<String?, ReadFailure>
  let isThere: Result<Bool, ReadFailure>

  init(of store: some Store, _ name: String, _ directory: HostPath) {
    names = Result { () throws(ReadFailure) in try store.names(in: directory / name) }
    bytes = Result { () throws(ReadFailure) in try store.attribute(name, in: directory) }
    target = Result { () throws(ReadFailure) in try store.link(name, in: directory) }
    isThere = Result { () throws(ReadFailure) in try store.contains(name, in: directory) }
  }
}
