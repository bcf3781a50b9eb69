import TestSupport
import Testing

/// The program writes nothing but its output and starts nothing: what it asks of the kernel is held
/// against a closed list.
struct ReadOnlyTests {
  private static let commands = ManualDocument.program.subcommands

  /// What a command is run with, each a line; `nil` for a command that is not considered here.
  private static func runs(of command: String, device: String, source: String?) -> [[String]]? {
    switch command {
    case "audit": [["--json"], ["--verbose"], ["--group", "999999"]]
    case "list": [[], ["--json", "--output", "+vendor,name,path"]]
    case "candidates": [[], ["--json", "--all"]]
    case "check": [[device], ["--json", "--backend", "iommufd", device]]
    case "predict": [["unbind \(device)"], ["--json", "probe \(device)"]]
    case "explain": [["mixed-group"], ["--json"], ["--message", "group 1 is not viable"]]
    case "snapshot": [["--output", "-"]]
    case "diff": source.map { [[$0, $0], ["--json", $0, $0]] } ?? []
    default: nil
    }
  }

  /// `explain` of a rule and `diff` take no `--sysroot`.
  private static func takesSource(_ command: String, _ run: [String]) -> Bool {
    command != "diff" && (command != "explain" || run.contains("--message"))
  }

  @Test(arguments: commands)
  func aCaptureIsOnlyRead(command: String) async throws {
    try await skipWhereNothingIsTraced()
    let tree = try Sample.tree(Sample.mixed)
    let directory = try TemporaryDirectory()
    let file = directory / "host.snapshot"
    let written = try await Sample.run("snapshot", "-s", tree.path, "-o", file)
    #expect(written.status == 0)
    for source in [tree.path, file] {
      try await expectReadOnly(command, device: "01:00.1", source: source, SystemCallPolicy())
    }
  }

  @Test(arguments: commands)
  func aLiveHostIsOnlyRead(command: String) async throws {
    try await skipWhereNothingIsTraced()
    let devices = try await Sample.run("list", "-nr", "-o", "address").output
    let device = devices.split(separator: "\n").first { $0 != "-" } ?? "01:00.1"
    try await expectReadOnly(
      command, device: String(device), source: nil, SystemCallPolicy(children: 1))
  }

  /// Threads, but no process.
  @Test(arguments: [["--quiet"], ["--json"]])
  func aFleetIsOnlyRead(options: [String]) async throws {
    try await skipWhereNothingIsTraced()
    let directory = Fixture.directory + "/rules"
    let trace = try await SystemCallTrace(
      Sample.binaryPath, ["audit", "--fleet", directory] + options)
    #expect(SystemCallPolicy().violations(in: trace.processes) == [])
    #expect(trace.processes.count > 1, "no worker was traced")
  }

  @Test func snapshotWritesOnlyItsOutput() async throws {
    try await skipWhereNothingIsTraced()
    let tree = try Sample.tree(Sample.mixed)
    let directory = try TemporaryDirectory()
    let file = directory / "host.snapshot"
    for options in [["-s", tree.path], ["-s", tree.path, "--force"], ["--force"]] {
      let trace = try await SystemCallTrace(
        Sample.binaryPath, ["snapshot", "--output", file] + options)
      let policy = SystemCallPolicy(output: file, children: options.contains("-s") ? 0 : 1)
      #expect(policy.violations(in: trace.processes) == [])
      #expect(trace.outcome.status == 0)
    }
    #expect(TreeFiles.names(in: directory.path) == ["host.snapshot"])
  }

  @Test(arguments: [
    (["sh", "-c", "echo > \"$0\""], "O_WRONLY"), (["touch"], "O_CREAT"), (["mkdir"], "mkdir("),
    (["sh", "-c", "cat /dev/null | cat"], "2 processes are started"),
    (["ln", "-s", "."], "symlink"), (["sh", "-c", "exec cat \"$0\""], " programs are executed"),
  ])
  func aProgramThatWritesIsDetected(program: [String], sign: String) async throws {
    try await skipWhereNothingIsTraced()
    let directory = try TemporaryDirectory()
    let trace = try await SystemCallTrace(
      program[0], Array(program.dropFirst()) + [directory / "new"])
    let violations = SystemCallPolicy().violations(in: trace.processes)
    #expect(violations.contains { $0.contains(sign) }, "\(violations)")
  }

  private func skipWhereNothingIsTraced() async throws {
    if let obstacle = await SystemCallTrace.obstacle() { try Test.cancel("\(obstacle)") }
  }

  private func expectReadOnly(
    _ command: String, device: String, source: String?, _ policy: SystemCallPolicy
  ) async throws {
    let runs = try #require(
      ReadOnlyTests.runs(of: command, device: device, source: source),
      "how is \(command) to be run?")
    for run in runs {
      let takesSource = ReadOnlyTests.takesSource(command, run)
      let options = takesSource ? source.map { ["--sysroot", $0] } ?? [] : []
      let trace = try await SystemCallTrace(Sample.binaryPath, [command] + options + run)
      let violations = policy.violations(in: trace.processes)
      #expect(violations == [], "\(command) \(run)")
      #expect(!trace.processes.isEmpty)
    }
  }
}
