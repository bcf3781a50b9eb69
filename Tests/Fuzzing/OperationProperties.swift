import HostModel
import OwnershipAnalysis
import Reporting

/// A script is refused with a line, or every step of it has an answer.
enum OperationProperties {
  /// A kernel before DMA ownership, one with it, and the newest.
  private static let kernels = ["5.10", "6.1", "7.3"]
  /// More steps add time and nothing new.
  private static let steps = 64

  static func check(_ input: [UInt8]) throws {
    // As the command does: what is not text is refused before.
    guard let text = String(validating: input, as: UTF8.self) else { return }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let host = SoundHost.example
    try checkMistake(lines, on: host)
    // Most changes spoil one line; the others go on.
    let sound = lines.filter { Answers.isOperation($0, on: host) }.prefix(steps)
    let script = try OperationScript(Array(sound), on: host)
    for kernel in kernels {
      let state = KernelState(audit: Analyzer.audit(host, by: try KernelRequest(kernel)))
      let answers = Answers(of: Prediction(script, from: state))
      try answers.check()
      try answers.check(against: Answers(of: Prediction(script, from: state)))
    }
  }

  private static func checkMistake(_ lines: [String], on host: ObservedHost) throws {
    do {
      _ = try OperationScript(lines, on: host)
    } catch {
      try Violation.unless(
        lines.indices.contains(error.line - 1), "line \(error.line) of \(lines.count)")
      try Violation.unless(
        !error.message.unicodeScalars.contains(where: TerminalText.isHostile),
        "the complaint is not fit for a terminal")
    }
  }
}
