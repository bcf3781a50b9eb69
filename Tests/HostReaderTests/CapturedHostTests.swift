import HostModel
import HostReader
import TestSupport
import Testing

/// `--sysroot`: a tree and the snapshot made of it are the same host.
@Suite struct CapturedHostTests {
  private func richHost() -> HostTree {
    var host = HostTree(kernel: "6.12.0")
    host.add(
      PCIFunction("0000:01:00.0", class: 0x030000, id: "10de:13c2", driver: "vfio-pci", group: 13),
      PCIFunction(
        "0000:01:00.1", class: 0x040300, id: "10de:0fbb", driver: "snd_hda_intel", group: 13))
    host.add(BusDevice("AMDI0010:00", on: .platform, group: 13))
    return host
  }

  @Test func aTreeAndItsSnapshotAreTheSameHost() throws {
    let directory = try TemporaryDirectory()
    try richHost().write(to: directory.path)
    let tree = try HostSource.sysroot(directory.path).record()
    #expect(tree.host.devices.count >= 3)
    #expect(tree.host.group(13)?.members.count == 3)
    try TreeFiles.writeFile(directory / "host.snapshot", tree.file)
    let snapshot = try HostSource.sysroot(directory / "host.snapshot").record()
    #expect(snapshot.host == tree.host)
    #expect(snapshot.file == tree.file)
    #expect(try HostSource.sysroot(directory.path).read(needing: .all) == tree.host)
  }

  @Test(arguments: Fixture.hosts)
  func everyFixtureHasAnAnswerToEveryQuestion(fixture: Fixture) throws {
    let host = try HostSource.sysroot(fixture.path).read(needing: .all)
    #expect(host.problems.allSatisfy { $0.failure != .notCaptured }, "\(host.problems)")
  }

  @Test func theRootOfATreeMayBeALink() throws {
    let directory = try TemporaryDirectory()
    try TreeFiles.makeDirectory(directory / "tree")
    try richHost().write(to: directory / "tree")
    try TreeFiles.makeLink(directory / "link", to: "tree")
    #expect(try HostSource.sysroot(directory / "link").read(needing: .all).groups.count == 1)
  }

  @Test func anUnreadableSourceIsReportedInOneLine() throws {
    let directory = try TemporaryDirectory()
    let missing = directory / "missing"
    #expect(message(missing) == "cannot read \(missing): no such file or directory")
    #expect(message(directory.path) == "\(directory.path) has no sys directory")
    let notes = directory / "notes"
    try TreeFiles.writeFile(notes, Array("hello\n".utf8))
    #expect(
      message(notes)
        == "\(notes) is not a snapshot: the first line is not \"vfio-preflight-snapshot 1\"")
    let bad = directory / "bad.snapshot"
    try TreeFiles.writeFile(bad, Array("vfio-preflight-snapshot 1\n/a +\n/a +\n".utf8))
    #expect(message(bad) == "\(bad):3: duplicate path /a")
    #expect(
      message("/dev/zero")
        == "/dev/zero is not a snapshot: the first line is not \"vfio-preflight-snapshot 1\"")
    try TreeFiles.writeFile(directory / "sys", [])
    #expect(message(directory.path)?.hasPrefix("cannot read \(directory.path)/sys: ") == true)
  }

  private func message(_ path: String) -> String? {
    do {
      _ = try HostSource.sysroot(path).read(needing: .all)
      return nil
    } catch {
      return error.description
    }
  }

  /// Links that loop and lead out, a group without number, a FIFO for a bus.
  @Test(.timeLimit(.minutes(1))) func aHostileTreeIsReadToItsEnd() throws {
    let directory = try TemporaryDirectory()
    try richHost().write(to: directory.path)
    try TreeFiles.makeLink(directory / "sys/bus/pci/devices/loop", to: "loop")
    try TreeFiles.makeLink(directory / "sys/kernel/iommu_groups/13/devices/self", to: ".")
    try TreeFiles.makeDirectories(directory / "sys/kernel/iommu_groups/notanumber")
    try TreeFiles.makeLink(directory / "sys/class/iommu/up", to: "../../../../../..")
    try TreeFiles.makeFIFO(directory / "sys/bus/amba")
    let host = try HostSource.sysroot(directory.path).read(needing: .all)
    let reported = Set(host.problems.map(\.path))
    #expect(reported.contains("sys/bus/pci/devices/loop"))
    #expect(reported.contains("sys/kernel/iommu_groups/13/devices/self"))
    #expect(reported.contains("sys/kernel/iommu_groups/notanumber"))
    #expect(reported.contains("sys/class/iommu/up"))
    #expect(reported.contains("sys/bus/amba/devices"))
    #expect(host.group(13)?.members.count == 3)
  }
}
