import ArgumentParser
import Reporting

/// A command whose whole work is one answer: what to print, and the exit status.
///
/// Nothing is printed before the answer is complete, but the rows of a fleet.
protocol ReportingCommand: ParsableCommand {
  func outcome() throws -> Outcome
}

/// The answer of a command.
struct Outcome {
  let output: String
  let status: ExitStatus

  init(_ output: String, _ status: ExitStatus = .fine) {
    self.output = output
    self.status = status
  }
}
