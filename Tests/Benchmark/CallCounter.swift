import TestSupport

/// The system calls of a run, counted by strace(1).
enum CallCounter {
  /// Calls for memory and of threads that wait for each other: how many there are depends on the C
  /// library and on chance.
  private static let incidental: Set<Substring> = [
    "brk", "clone3", "futex", "madvise", "mmap", "mprotect", "mremap", "munmap", "sched_yield",
  ]

  /// All calls of the program, its threads and its children; `nil` where nothing can be traced.
  static func count(_ command: [String]) async throws -> Int? {
    try await calls(["strace"], command, in: nil)?.reduce(0) { $0 + $1.count }
  }

  /// The calls that ask for something, in an environment that is the same everywhere; `nil` also
  /// where the program gave no answer.
  static func countExactly(_ command: [String], in directory: String) async throws -> Int? {
    try await calls(
      ["env"] + CleanEnvironment.arguments + ["strace"], command, in: directory, answers: 0...3)?
      .filter { !incidental.contains($0.name) }.reduce(0) { $0 + $1.count }
  }

  private static func calls(
    _ strace: [String], _ command: [String], in directory: String?,
    answers: ClosedRange<Int32> = 0...255
  ) async throws -> [(name: Substring, count: Int)]? {
    let scratch = try TemporaryDirectory()
    let report = scratch / "calls"
    let outcome = try? await Program(named: strace[0]).run(
      strace.dropFirst() + ["-f", "-c", "-U", "calls,name", "-o", report] + command,
      in: directory, timeout: .seconds(600))
    guard let status = outcome?.status, answers.contains(status) else { return nil }
    let calls = TextFile.lines(of: report).compactMap(call)
    return calls.isEmpty ? nil : calls
  }

  /// A line `90480 openat`; the last one is the total.
  private static func call(_ line: Substring) -> (name: Substring, count: Int)? {
    let words = line.split(separator: " ")
    guard words.count == 2, words[1] != "total", let count = Int(words[0]) else { return nil }
    return (words[1], count)
  }
}

/// An environment for runs that are compared between machines: what is hashed has the same order in
/// each of them, and one processor leaves nothing to how threads take turns.
enum CleanEnvironment {
  /// What env(1) is called with, before the command.
  static var arguments: [String] {
    let path = TreeFiles.environment("PATH") ?? "/usr/bin:/bin"
    return [
      "-i", "PATH=\(path)", "SWIFT_DETERMINISTIC_HASHING=1", "taskset", "--cpu-list", "0",
    ]
  }
}
