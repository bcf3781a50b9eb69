import TestSupport
import Testing

/// A source that cannot be read: one line, status 3, from every command.
struct SourceTests {
  @Test(arguments: [["audit"], ["list"], ["snapshot", "-o", "-"]])
  func aMissingSourceIsNamed(command: [String]) async throws {
    let directory = try TemporaryDirectory()
    let missing = directory / "missing"
    try await expectRefusal(command + ["--sysroot", missing], naming: missing)
  }

  @Test(arguments: [["audit"], ["list"], ["snapshot", "-o", "-"]])
  func aDirectoryWithoutSysIsNamed(command: [String]) async throws {
    let directory = try TemporaryDirectory()
    try await expectRefusal(command + ["--sysroot", directory.path], naming: directory.path)
  }

  @Test(arguments: [["audit"], ["list"], ["snapshot", "-o", "-"]])
  func aFileThatIsNotASnapshotIsReported(command: [String]) async throws {
    let directory = try TemporaryDirectory()
    let file = directory / "notes"
    try TreeFiles.writeFile(file, Array("not a snapshot\n".utf8))
    try await expectRefusal(command + ["--sysroot", file], naming: file)
  }

  @Test func anEmptySysIsReportedByAudit() async throws {
    let directory = try TemporaryDirectory()
    try TreeFiles.makeDirectory(directory / "sys")
    let outcome = try await Sample.run("audit", "-s", directory.path)
    #expect(outcome.status == 3)
    #expect(outcome.output.hasPrefix("cannot tell: nothing of a host is there"))
    #expect(outcome.output.hasSuffix("no groups; no findings; kernel unknown\n"))
  }

  @Test func anEmptyNameIsReported() async throws {
    let outcome = try await Sample.run("audit", "-s", "")
    #expect(outcome.errors == "vfio-preflight: cannot read '': no such file or directory\n")
    let file = try await Sample.run(
      ["predict", "-s", "-", "-f", ""], input: "vfio-preflight-snapshot 1\nend\n")
    #expect(file.errors == "vfio-preflight: cannot read '': no such file or directory\n")
    #expect(file.status == 3)
  }

  @Test func standardInputIsASource() async throws {
    let tree = try Sample.tree(Sample.mixed)
    let snapshot = try await Sample.run("snapshot", "-s", tree.path, "-o", "-")
    #expect(snapshot.status == 0)
    let piped = try await Sample.run("audit", "-s", "-", input: snapshot.output)
    let direct = try await Sample.run("audit", "-s", tree.path)
    #expect(piped.output == direct.output)
    #expect(piped.status == 2)
  }

  /// A stream without end is refused at once, in an address space that could not hold it.
  @Test(
    .enabled(
      if: TreeFiles.environment("ASAN_OPTIONS") == nil,
      "the address sanitizer takes more address space than the limit"),
    .timeLimit(.minutes(2)),
    arguments: [
      ("tr '\\0' x < /dev/zero", "longer than 1048576 bytes"),
      ("cat /dev/zero", "longer than 1048576 bytes"),
      ("yes '/a +'", "duplicate path /a"),
    ])
  func anEndlessStreamIsRefused(source: String, reason: String) async throws {
    let script = """
      { echo 'vfio-preflight-snapshot 1'; \(source); } 2> /dev/null |
      { ulimit -v 3000000; exec "$0" audit -s -; }
      """
    let outcome = try await Program(named: "sh").run(
      ["-c", script, Sample.binaryPath], timeout: .seconds(110))
    #expect(outcome.status == 3)
    #expect(outcome.errors.hasPrefix("vfio-preflight: standard input:"))
    #expect(outcome.errors.contains(reason), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  private func expectRefusal(_ arguments: [String], naming path: String) async throws {
    let outcome = try await Sample.run(arguments)
    #expect(outcome.status == 3)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("vfio-preflight: "))
    #expect(outcome.errors.contains(path))
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }
}

/// A directory with an empty `sys` shows nothing of a host, which is not a host with nothing in it.
struct BlankSourceTests {
  @Test(arguments: ["audit", "list"])
  func anEmptySysGivesCannotTell(command: String) async throws {
    let directory = try TemporaryDirectory()
    try TreeFiles.makeDirectory(directory.path + "/sys")
    let outcome = try await Sample.run(command, "-s", directory.path)
    #expect(outcome.status == 3)
    #expect((outcome.output + outcome.errors).contains("cannot tell: nothing of a host is there"))
  }
}
