import ArgumentParser
import HostModel
import HostReader
import TestSupport
import Testing

@testable import PreflightCommands

/// A host, its snapshot and its tree give the same JSON, byte by byte.
@Suite struct RoundTripTests {
  @Test(
    "copies of every fixture give the same JSON",
    arguments: Fixture.trees + Fixture.sampledUnderSanitizer(Fixture.hosts + Fixture.rules))
  func ofEveryFixture(fixture: Fixture) throws {
    try compare(.sysroot(fixture.path), ["--sysroot", fixture.path])
  }

  @Test func copiesOfThisMachineGiveTheSameJSON() throws {
    let before = try HostSource.live.read(needing: .all)
    let answers = try compare(.live, [])
    guard try HostSource.live.read(needing: .all) == before else {
      try Test.cancel("this machine changes meanwhile")
    }
    #expect(answers.live == answers.captured)
  }

  /// A composed host with processes, an unreadable table and a device that hides its override.
  @Test func copiesOfAPartlyUnreadableHostGiveTheSameJSON() throws {
    let tree = try Sample.tree(Sample.mixed)
    let hidden = "/sys/devices/pci0000:00/0000:00:17.0/driver_override"
    TreeFiles.removeTree(tree.path + hidden)
    try TreeFiles.makeFIFO(tree.path + hidden)
    try compare(.sysroot(tree.path), ["--sysroot", tree.path])
  }

  private struct Answers {
    let live: [String]
    let captured: [String]
  }

  @discardableResult
  private func compare(_ source: HostSource, _ options: [String]) throws -> Answers {
    let record = try source.record()
    let directory = try TemporaryDirectory()
    try TreeFiles.writeFile(directory / "host.snapshot", record.file)
    try NewTree(directory / "tree/", replaces: false).write(SnapshotTree.plain(record.entries))
    let operations = record.host.devices.filter { $0.bus == .pci }.prefix(3).flatMap { device in
      ["unbind", "bind", "open"].map { verb in
        "\(verb) \(device.name)" + (verb == "bind" ? " vfio-pci" : "")
      }
    }
    let original = try answers(options, operations)
    let copies = try ["host.snapshot", "tree"].map {
      try answers(["--sysroot", directory / $0], operations)
    }
    if case .sysroot = source { #expect(copies[0] == original) }
    #expect(copies[1] == copies[0])
    return Answers(live: original, captured: copies[0])
  }

  private func answers(_ options: [String], _ operations: [String]) throws -> [String] {
    let questions = [
      ["audit"], ["list"], ["predict"] + (operations.isEmpty ? ["modprobe vfio"] : operations),
    ]
    return try questions.map { question in
      let command = try Preflight.parseAsRoot(question + ["--json"] + options)
      let answering = try #require(command as? any AnsweringCommand)
      var text = ""
      _ = try answering.answer(
        into: Output(style: answering.style) {
          text += $0
          return true
        })
      return text
    }
  }
}
