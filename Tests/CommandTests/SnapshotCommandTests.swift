import TestSupport
import Testing

struct SnapshotCommandTests {
  @Test func aSnapshotReadsAsTheTreeItWasTakenOf() async throws {
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

  /// With a capture to copy, and a FIFO that it can come through.
  private static func directoryToWriteInto() async throws -> TemporaryDirectory {
    let tree = try Sample.tree(Sample.ready)
    let directory = try TemporaryDirectory()
    _ = try await Sample.run("snapshot", "-s", tree.path, "-o", directory / "source.snapshot")
    try TreeFiles.makeFIFO(directory / "fifo")
    return directory
  }

  /// Copies the capture, while a command of the shell is run on `place` before any of it arrives.
  private static func write(
    to output: String, _ options: [String], in directory: TemporaryDirectory,
    meanwhile command: String, _ place: String
  ) async throws -> Program.Outcome {
    let fifo = directory / "fifo"
    async let feeding = Program(named: "sh").run([
      "-c", "exec 3>\"$0\"; \(command); cat \"$2\" >&3", fifo, place,
      directory / "source.snapshot",
    ])
    let outcome = try await Sample.run(["snapshot", "-s", fifo, "-o", output] + options)
    #expect(try await feeding.status == 0)
    return outcome
  }

  /// The file comes when the program has looked for it and waits for its input.
  @Test(arguments: [[], ["--force"]])
  func aFileThatAppearsMeanwhileIsKeptUnlessForced(options: [String]) async throws {
    let directory = try await Self.directoryToWriteInto()
    let file = directory / "host.snapshot"
    let outcome = try await Self.write(
      to: file, options, in: directory, meanwhile: "printf precious >\"$1\"", file)
    #expect(outcome.status == (options.isEmpty ? 3 : 0))
    #expect((TextFile.text(of: file) == "precious") == options.isEmpty)
    #expect(outcome.errors.contains("file exists (EEXIST)") == options.isEmpty)
    #expect(
      TreeFiles.names(in: directory.path) == ["fifo", "host.snapshot", "source.snapshot"])
  }

  /// The same of a tree, whose place an empty directory takes.
  @Test func aDirectoryThatAppearsMeanwhileIsKept() async throws {
    let directory = try await Self.directoryToWriteInto()
    let copy = directory / "copy"
    for options in [[], ["--force"]] {
      let outcome = try await Self.write(
        to: copy + "/", options, in: directory, meanwhile: "mkdir \"$1\"", copy)
      #expect(outcome.status == 3)
      #expect(outcome.errors.contains("cannot write \(copy): file exists (EEXIST)"))
      #expect(TreeFiles.names(in: copy).isEmpty)
      TreeFiles.removeTree(copy)
    }
    #expect(TreeFiles.names(in: directory.path) == ["fifo", "source.snapshot"])
  }

  @Test func aLinkOrADeviceIsNeverReplaced() async throws {
    let tree = try Sample.tree(Sample.ready)
    let directory = try TemporaryDirectory()
    let link = directory / "link"
    try TreeFiles.makeLink(link, to: "/dev/null")
    for path in [link, "/dev/null"] {
      let outcome = try await Sample.run("snapshot", "-s", tree.path, "-o", path, "--force")
      #expect(outcome.status == 3)
      #expect(outcome.errors.contains("it is not a regular file"))
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

  /// strace lets the kernel fail in the middle of a list of names.
  @Test func aFailedReaddirIsReportedAsAFailure() async throws {
    if let obstacle = await SystemCallTrace.obstacle() { try Test.cancel("\(obstacle)") }
    let tree = try Sample.tree(Sample.ready)
    let outcome = try await Program(named: "strace").run([
      "-o", "/dev/null", "-e", "inject=getdents64:error=EIO:when=4", Sample.binaryPath,
      "audit", "-s", tree.path,
    ])
    #expect(outcome.output.contains("/sys/kernel/iommu_groups: input/output error (EIO)"))
  }

  @Test func theSnapshotGoesToStandardOutputByDefault() async throws {
    let tree = try Sample.tree(Sample.ready)
    let plain = try await Sample.run("snapshot", "-s", tree.path)
    #expect(plain.output.hasPrefix("vfio-preflight-snapshot 1\n"))
    #expect(plain.output.hasSuffix("\nend\n"))
    // What is not sorted comes in another order in each run.
    let again = try await Sample.run("snapshot", "-s", tree.path, "-o", "-")
    #expect(again.output == plain.output)
  }

  @Test func showListsWhatWouldBeWritten() async throws {
    let tree = try Sample.tree(Sample.ready)
    let plain = try await Sample.run("snapshot", "-s", tree.path)
    let shown = try await Sample.run("snapshot", "-s", tree.path, "--show")
    #expect(shown.status == 0)
    let count = plain.output.split(separator: "\n").count - 2
    let lines = shown.output.split(separator: "\n")
    #expect(lines.count == count + 1)
    #expect(lines.last?.hasPrefix("\(count) answers: ") == true)
    #expect(lines.contains("not there  /dev/iommu"))
    #expect(
      lines.contains(
        "link       /sys/bus/pci/devices/0000:00:17.0 -> ../../../devices/pci0000:00/0000:00:17.0"))
    let both = try await Sample.run("snapshot", "-s", tree.path, "--show", "-o", tree / "x")
    #expect(both.status == 64)
  }

  @Test func aWrittenTreeReadsAsItsHost() async throws {
    let tree = try Sample.tree(Sample.mixed)
    let directory = try TemporaryDirectory()
    let copy = directory / "copy/"
    let written = try await Sample.run("snapshot", "-s", tree.path, "-o", copy)
    #expect(written.status == 0 && written.output.isEmpty && written.errors.isEmpty)
    #expect(TreeFiles.names(in: directory.path) == ["copy"])
    let original = try await Sample.run("snapshot", "-s", tree.path)
    let again = try await Sample.run("snapshot", "-s", copy)
    #expect(again.output == original.output)
  }

  @Test func onlyACapturedTreeIsReplaced() async throws {
    let tree = try Sample.tree(Sample.ready)
    let directory = try TemporaryDirectory()
    let copy = directory / "copy"
    _ = try await Sample.run("snapshot", "-s", tree.path, "-o", copy + "/")
    let refused = try await Sample.run("snapshot", "-s", tree.path, "-o", copy + "//")
    #expect(refused.status == 3)
    #expect(refused.errors.contains("cannot write \(copy): it exists; --force replaces it"))
    TreeFiles.removeTree(copy + "/sys")
    let forced = try await Sample.run("snapshot", "-s", tree.path, "-o", copy + "/", "--force")
    #expect(forced.status == 0 && forced.errors.isEmpty)
    #expect(TreeFiles.names(in: copy).contains("sys"))
    #expect(TreeFiles.names(in: directory.path) == ["copy"])
    try TreeFiles.writeFile(copy + "/thesis.txt", [])
    for path in [copy + "/", tree.path + "/"] {
      let kept = try await Sample.run("snapshot", "-s", tree.path, "-o", path, "--force")
      #expect(kept.status == 3)
      #expect(kept.errors.contains("it exists and is not a tree that this program wrote"))
    }
    #expect(TreeFiles.names(in: copy).contains("thesis.txt"))
  }

  @Test(arguments: ["host.snapshot", "tree/"]) func aFullDiskLeavesNothingBehind(
    name: String
  ) async throws {
    guard await Privilege.canUnshareMounts() else {
      try Test.cancel("this machine allows no mount namespace")
    }
    let mount = "mount -t tmpfs -o size=4k,nr_inodes=40 none \"$0\""
    try await expectNothingLeft(
      name, "\(mount) && \"$@\"; s=$?; ls -A \"$0\"; exit $s",
      reason: "no space left on device (ENOSPC)",
      wrapper: ["unshare"] + Privilege.unshareArguments)
  }

  @Test func aFileSizeLimitLeavesNothingBehind() async throws {
    try await expectNothingLeft(
      "host.snapshot", "ulimit -f 1; \"$@\"; s=$?; ls -A \"$0\"; exit $s",
      reason: "file too large (EFBIG)")
  }

  /// The signal waits from before the start, held by `env`, so that it is seen at the first look.
  @Test(arguments: ["host.snapshot", "tree/"]) func anInterruptionLeavesNothingBehind(
    name: String
  ) async throws {
    let tree = try Sample.tree(Sample.ready)
    let directory = try TemporaryDirectory()
    let outcome = try await Program(named: "env").run([
      "--block-signal=TERM", "sh", "-c", "kill -TERM $$; exec \"$@\"", "sh", Sample.binaryPath,
      "snapshot", "-s", tree.path, "-o", directory / name,
    ])
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("interrupted system call (EINTR)"))
    #expect(TreeFiles.names(in: directory.path).isEmpty)
  }

  private func expectNothingLeft(
    _ name: String, _ script: String, reason: String, wrapper: [String] = ["env"]
  ) async throws {
    let tree = try Sample.tree(Sample.ready)
    let directory = try TemporaryDirectory()
    let command = [Sample.binaryPath, "snapshot", "-s", tree.path, "-o", directory / name]
    let outcome = try await Program(named: wrapper[0]).run(
      wrapper.dropFirst() + ["sh", "-c", script, directory.path] + command)
    #expect(outcome.status == 3)
    #expect(outcome.output.isEmpty, "left behind")
    #expect(outcome.errors.contains(reason), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }
}
