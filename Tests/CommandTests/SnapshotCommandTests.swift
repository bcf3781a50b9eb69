import TestSupport
import Testing

struct SnapshotCommandTests {
  @Test func aSnapshotIsReadLikeItsTree() async throws {
    let tree = try Sample.tree(Sample.mixed)
    let directory = try TemporaryDirectory()
    let file = directory / "host.snapshot"
    let written = try await Sample.run("snapshot", "-s", tree.path, "-o", file)
    #expect(written.status == 0)
    #expect(written.output.isEmpty && written.errors.isEmpty)
    #expect(TreeFiles.names(in: directory.path) == ["host.snapshot"])
    for command in [["audit"], ["audit", "--json"], ["list", "--json"]] {
      let fromTree = try await Sample.run(command + ["-s", tree.path])
      let fromFile = try await Sample.run(command + ["-s", file])
      #expect(fromTree.output == fromFile.output)
    }
  }

  @Test func anExistingFileIsKeptUnlessForced() async throws {
    let tree = try Sample.tree(Sample.ready)
    let directory = try TemporaryDirectory()
    let file = directory / "host.snapshot"
    try TreeFiles.writeFile(file, Array("precious".utf8))
    let refused = try await Sample.run("snapshot", "-s", tree.path, "-o", file)
    #expect(refused.status == 3)
    #expect(refused.errors.contains("cannot write \(file): it exists; --force replaces it"))
    #expect(TextFile.text(of: file) == "precious")
    let forced = try await Sample.run("snapshot", "-s", tree.path, "-o", file, "--force")
    #expect(forced.status == 0)
    #expect(TextFile.text(of: file) != "precious")
  }

  @Test func aLinkOrADeviceIsNeverReplaced() async throws {
    let tree = try Sample.tree(Sample.ready)
    let directory = try TemporaryDirectory()
    let link = directory / "link"
    try TreeFiles.makeLink(link, to: "/dev/null")
    for path in [link, "/dev/null"] {
      let outcome = try await Sample.run("snapshot", "-s", tree.path, "-o", path, "--force")
      #expect(outcome.status == 3)
      #expect(outcome.errors.contains("it is no regular file"))
    }
  }

  @Test func aFailureLeavesNothingBehind() async throws {
    let directory = try TemporaryDirectory()
    let outcome = try await Sample.run(
      "snapshot", "-s", directory / "missing", "-o", directory / "host.snapshot")
    #expect(outcome.status == 3)
    #expect(TreeFiles.names(in: directory.path).isEmpty)
    let tree = try Sample.tree(Sample.ready)
    let nowhere = try await Sample.run(
      "snapshot", "-s", tree.path, "-o", directory / "no/such/place")
    #expect(nowhere.status == 3)
    #expect(nowhere.errors.contains("no such file or directory (ENOENT)"))
  }
}
