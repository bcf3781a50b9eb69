import Subprocess
import SystemPackage

/// A program that tests run as its users do, with its output captured.
package struct Program: Sendable {
  /// What a run left behind.
  package struct Outcome: Sendable {
    package let ending: Ending
    package let output: String
    package let errors: String

    /// The exit status; `nil` when a signal ended the program.
    package var status: Int32? {
      if case .exited(let status) = ending { status } else { nil }
    }
  }

  package enum Ending: Sendable, Equatable {
    case exited(Int32)
    case signaled(Int32)
  }

  /// A run that had not ended in time; the program was killed.
  package struct TimedOut: Error, CustomStringConvertible {
    package let description: String
  }

  /// What either stream may hold, in bytes; more fails the run.
  private static let outputLimit = 64 << 20

  private let executable: Executable

  /// A program by its path.
  package init(path: String) {
    executable = .path(FilePath(path))
  }

  /// A program that the search path finds: `lspci`.
  package init(named name: String) {
    executable = .name(name)
  }

  /// A product of this package, beside the running test bundle.
  package static func product(_ name: String) -> Program {
    Program(path: Program.productDirectory + "/" + name)
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - environment: variables to set, or to remove where `nil`; the rest is inherited.
  ///   - input: what standard input delivers.
  /// - Throws: `TimedOut`, or the reason why the program could not be started.
  package func run(
    _ arguments: [String] = [], environment: [String: String?] = [:], input: String = "",
    in directory: String? = nil, timeout: Duration = .seconds(60)
  ) async throws -> Outcome {
    let executable = executable
    let settings = Environment.inherit.updating(
      Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })
    )
    return try await withThrowingTaskGroup(of: Outcome?.self) { group in
      group.addTask {
        let result = try await Subprocess.run(
          executable, arguments: Arguments(arguments), environment: settings,
          workingDirectory: directory.map { FilePath($0) }, input: .string(input),
          output: .bytes(limit: Program.outputLimit), error: .bytes(limit: Program.outputLimit))
        return Outcome(
          ending: Ending(result.terminationStatus),
          output: String(decoding: result.standardOutput, as: UTF8.self),
          errors: String(decoding: result.standardError, as: UTF8.self))
      }
      group.addTask {
        try await Task.sleep(for: timeout)
        return nil
      }
      // Cancelling the rest ends the timer, or kills the program.
      defer { group.cancelAll() }
      guard let outcome = try await group.next() ?? nil else {
        throw TimedOut(
          description: "\(executable) \(arguments.joined(separator: " ")): not done in \(timeout)")
      }
      return outcome
    }
  }
}

extension Program.Ending {
  init(_ status: TerminationStatus) {
    self =
      switch status {
      case .exited(let code): .exited(code)
      case .signaled(let signal): .signaled(signal)
      }
  }
}
