import Reporting
import TestSupport

/// What the fixed runs cost.
struct Counts: Sendable {
  var toolchain: Toolchain
  var rows: [Row] = []

  struct Row: Sendable {
    let name: String
    /// Whether the counts are a whole run's.
    let isWhole: Bool
    let instructions: Int
    /// In hundredths.
    let calls: Int
  }

  private static let program = "./vfio-preflight"

  /// A run that was not counted.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// - Throws: `Skipped` where a tool is missing, `Failure` where it gave no count.
  static func measured(binary: String) async throws -> Counts {
    let toolchain = try await Toolchain.current()
    let directory = try TemporaryDirectory()
    try FixedRun.writeInputs(to: directory.path)
    // Under a path that is the same everywhere.
    try TreeFiles.writeFile(
      directory / "vfio-preflight", TreeFiles.readFile(binary) ?? [], mode: 0o755)
    return Counts(toolchain: toolchain, rows: try await rows(in: directory.path))
  }

  /// Two at a time: a count does not depend on what else the machine does.
  private static func rows(in directory: String) async throws -> [Row] {
    let found = try await withThrowingTaskGroup(
      of: (Int, Row).self, returning: [Int: Row].self
    ) { group in
      var rows: [Int: Row] = [:]
      for (index, run) in FixedRun.all.enumerated() {
        if index >= 2, let done = try await group.next() { rows[done.0] = done.1 }
        group.addTask { (index, try await row(run, in: directory)) }
      }
      while let done = try await group.next() { rows[done.0] = done.1 }
      return rows
    }
    return FixedRun.all.indices.compactMap { found[$0] }
  }

  private static func row(
    _ run: FixedRun, in directory: String
  ) async throws -> Row {
    let base = try await cost(run.arguments, in: directory)
    guard case .each(let count, let arguments) = run.unit else {
      return Row(
        name: run.name, isWhole: true, instructions: base.instructions, calls: base.calls * 100)
    }
    let more = try await cost(arguments, in: directory)
    return Row(
      name: run.name, isWhole: false,
      instructions: (more.instructions - base.instructions) / count,
      calls: (more.calls - base.calls) * 100 / count)
  }

  private static func cost(
    _ arguments: [String], in directory: String
  ) async throws -> (instructions: Int, calls: Int) {
    let command = [program] + arguments
    guard let calls = try await CallCounter.countExactly(command, in: directory) else {
      throw Failure(description: "strace gave no count of: \(arguments.joined(separator: " "))")
    }
    guard let instructions = try await InstructionCounter.count(command, in: directory) else {
      throw Failure(description: "valgrind gave no count of: \(arguments.joined(separator: " "))")
    }
    return (instructions, calls)
  }
}

/// Why nothing can be counted here.
struct Skipped: Error {
  let reason: String
}
