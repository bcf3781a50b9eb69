import ArgumentParser
import Reporting

/// How a command answers.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Write JSON of a documented, versioned shape.")
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

  /// `auto` means a terminal that can, and nobody who asked for none (no-color.org).
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
