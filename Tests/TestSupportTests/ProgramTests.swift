import TestSupport
import Testing

@Suite("Running programs")
struct ProgramTests {
  private let shell = Program(path: "/bin/sh")

  @Test("captures both streams and the exit status")
  func capture() async throws {
    let outcome = try await shell.run(["-c", "echo out; echo err >&2; exit 3"])
    #expect(outcome.status == 3)
    #expect(outcome.output == "out\n")
    #expect(outcome.errors == "err\n")
  }

  @Test("passes input, environment and directory on")
  func surroundings() async throws {
    let outcome = try await shell.run(
      ["-c", "cat; echo $COLOUR $HOME; pwd"], environment: ["COLOUR": "red", "HOME": nil],
      input: "in\n", in: "/usr")
    #expect(outcome.output == "in\nred\n/usr\n")
  }

  @Test("distinguishes a signal from an exit status")
  func signal() async throws {
    let outcome = try await shell.run(["-c", "kill -9 $$"])
    #expect(outcome.ending == .signaled(9))
    #expect(outcome.status == nil)
  }

  /// A run waits for its program to be gone: that it returns long before the hour proves the kill.
  @Test("kills a program that does not end in time", .timeLimit(.minutes(10)))
  func timeout() async {
    await #expect(throws: Program.TimedOut.self) {
      _ = try await Program(named: "sleep").run(["3600"], timeout: .milliseconds(100))
    }
  }

  @Test("reads more output than a pipe holds")
  func longOutput() async throws {
    let outcome = try await shell.run(["-c", "head -c 1000000 /dev/zero | tr '\\0' x"])
    #expect(outcome.output.utf8.count == 1_000_000)
  }
}
