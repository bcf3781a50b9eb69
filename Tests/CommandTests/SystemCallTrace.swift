import TestSupport

/// A program run under strace(1).
struct SystemCallTrace {
  let outcome: Program.Outcome
  /// The calls of the program and of every process it started.
  let processes: [[SystemCall]]

  private static let strace = Program(named: "strace")

  /// Why nothing can be traced here; `nil` where it can.
  static func obstacle() async -> String? {
    guard TreeFiles.environment("ASAN_OPTIONS") == nil else {
      return "the address sanitizer makes system calls too"
    }
    guard Machine.hasStrace else { return "strace is not installed" }
    let trial = try? await strace.run(["-f", "-o", "/dev/null", "true"])
    return trial?.status == 0 ? nil : "this machine does not allow to trace a process"
  }

  /// - Throws: when strace's own output cannot be understood: an unread line could be the one.
  init(_ program: String, _ arguments: [String]) async throws {
    let directory = try TemporaryDirectory()
    // A file for each process, so that no call is split by another's.
    outcome = try await SystemCallTrace.strace.run(
      ["-ff", "-y", "-qq", "-e", "signal=none", "-o", directory / "trace", program] + arguments,
      environment: ["NO_COLOR": nil, "TERM": "xterm"])
    processes = try TreeFiles.names(in: directory.path).map { name in
      try TextFile.lines(of: directory / name).filter { !$0.isEmpty && !$0.hasPrefix("+++") }
        .map { line in
          guard let call = SystemCall(line: line) else { throw Unread(line: String(line)) }
          return call
        }
    }
  }

  struct Unread: Error {
    let line: String
  }
}
