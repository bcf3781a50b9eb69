import ArgumentParser
import OwnershipAnalysis
import Reporting
import SystemCalls

/// A command of this program.
protocol AnsweringCommand: ParsableCommand {
  /// How the answer is written.
  var style: OutputStyle { get }

  /// Finds the answer and writes it, whole or as it comes.
  ///
  /// - Returns: what it comes to, which the exit status says.
  func answer(into output: Output) throws -> Conclusion
}

/// A command whose answer has several forms.
protocol ReportingCommand: AnsweringCommand {
  var output: OutputOptions { get }
}

extension ReportingCommand {
  var style: OutputStyle { output.style }
}

/// Where a command writes its answer, in the form that was asked for.
struct Output {
  let style: OutputStyle
  private let sink: (String) throws -> Bool

  /// - Parameter sink: takes the next part of the text; `false` when the output is not read any longer.
  init(style: OutputStyle, sink: @escaping (String) throws -> Bool = StandardOutput.offer) {
    self.style = style
    self.sink = sink
  }

  /// Writes an answer in its form.
  func write(_ report: some Report) throws {
    var failure: (any Error)?
    style.write(report) { piece in
      do {
        return try sink(piece)
      } catch let error {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
  }

  /// Writes an answer that has one form alone.
  func write(_ text: String) throws {
    guard style.form != .quiet else { return }
    _ = try sink(text)
  }

  /// Writes a part of an answer, already in its form.
  ///
  /// - Returns: whether the output is still read.
  func offer(_ text: String) throws -> Bool { try sink(text) }

  /// Says on standard error what does not belong into the answer.
  func note(_ line: String) {
    guard style.form != .quiet else { return }
    StandardError.write(line: line)
  }
}

/// How a command answers.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Write JSON in a documented, versioned format.")
  var json = false

  @Option(help: ArgumentHelp("Colour the severities.", valueName: "when"))
  var color = ColorChoice.auto

  @Flag(name: .shortAndLong, help: "Print nothing; the exit status is the answer.")
  var quiet = false

  var style: OutputStyle { OutputStyle(form: form, palette: color.isWanted ? .ansi : .plain) }

  /// Whoever asks for nothing and for JSON wants nothing.
  var form: OutputForm {
    if quiet { return .quiet }
    return json ? .json : .text
  }
}

/// The value of `--color`.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  /// `auto` means a terminal that can, unless `NO_COLOR` is set (no-color.org).
  var isWanted: Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      guard Environment.value("NO_COLOR", isEmptyUnset: true) == nil,
        let terminal = Environment.value("TERM", isEmptyUnset: true), terminal != "dumb"
      else { return false }
      return StandardOutput.isTerminal
    }
  }
}

/// The variables of the environment that people use to say what they want.
enum Environment {
  /// - Parameter isEmptyUnset: an empty value counts as none (no-color.org).
  static func value(_ name: String, isEmptyUnset: Bool) -> String? {
    guard let value = Process.environment(name), !(isEmptyUnset && value.isEmpty) else {
      return nil
    }
    return value
  }
}
