import TestSupport
import Testing

/// How answers reach terminals, pipes, files and programs.
struct OutputTests {
  private static let shell = Program(named: "sh")

  /// Runs the binary as `$0` in a shell line.
  private func shell(_ line: String, _ arguments: String...) async throws -> Program.Outcome {
    try await OutputTests.shell.run(
      ["-c", line, Sample.binaryPath] + arguments)
  }

  @Test func aClosedPipeIsNotReportedAndTheStatusIsKept() async throws {
    let tree = try Sample.tree(Sample.large)
    let outcome = try await shell(
      "{ \"$0\" list --json -s \"$1\"; echo status $? >&2; } | head -n 1", tree.path)
    #expect(outcome.output == "{\n")
    #expect(outcome.errors == "status 0\n")
  }

  @Test(.enabled(if: Machine.hasFullDevice, "this machine has no /dev/full"))
  func aFullDiskIsReported() async throws {
    let outcome = try await shell("\"$0\" list --list-columns > /dev/full")
    #expect(outcome.status == 3)
    #expect(
      outcome.errors == "vfio-preflight: cannot write standard output: no space left on device\n")
  }

  @Test func aClosedStandardOutputIsReported() async throws {
    let outcome = try await shell("\"$0\" list --list-columns >&-")
    #expect(outcome.status == 3)
    #expect(outcome.errors.hasPrefix("vfio-preflight: cannot write standard output"))
  }

  @Test func coloursAreWrittenToTerminalsOrOnRequest() async throws {
    let tree = try Sample.tree(Sample.mixed)
    let automatic = try await Sample.run("-s", tree.path)
    let always = try await Sample.run("-s", tree.path, "--color", "always")
    let never = try await Sample.run("-s", tree.path, "--color=never")
    #expect(!automatic.output.contains("\u{1b}"))
    #expect(always.output.contains("\u{1b}[31merror\u{1b}[0m: group 1"))
    #expect(never.output == automatic.output)
  }

  /// util-linux's script gives a command a terminal.
  @Test(.enabled(if: Machine.hasScript, "script(1) is not installed"))
  func aTerminalGetsColoursUnlessTheUserDisablesThem() async throws {
    let tree = try Sample.tree(Sample.mixed)
    let line = "exec script -qec \"'$0' -s '$1'\" /dev/null"
    let cases: [([String: String], Bool)] = [
      (["TERM": "xterm"], true), (["TERM": "dumb"], false),
      (["TERM": "xterm", "NO_COLOR": "1"], false), (["TERM": "xterm", "NO_COLOR": ""], true),
    ]
    for (variables, isColoured) in cases {
      let environment = ["NO_COLOR": nil].merging(variables.mapValues(Optional.some)) { $1 }
      let outcome = try await OutputTests.shell.run(
        ["-c", line, Sample.binaryPath, tree.path], environment: environment)
      #expect(outcome.output.contains("\u{1b}[31m") == isColoured, "\(variables)")
    }
  }

  @Test(arguments: ["C", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8", "no_SUCH"])
  func theLocaleDoesNotChangeTheOutput(locale: String) async throws {
    let tree = try Sample.tree(Sample.mixed)
    for command in [["audit"], ["list"], ["audit", "--json"], ["explain", "mixed-group"]] {
      let source = command[0] == "explain" ? [] : ["-s", tree.path]
      let here = try await Sample.run(command + source)
      let there = try await Sample.run(command + source, environment: ["LC_ALL": locale])
      #expect(here.output == there.output)
      #expect(here.status == there.status)
    }
  }

  @Test func theSameHostGivesIdenticalOutput() async throws {
    let tree = try Sample.tree(Sample.large)
    let first = try await Sample.run("--json", "-s", tree.path)
    let second = try await Sample.run("--json", "-s", tree.path)
    #expect(first.output == second.output)
  }
}
