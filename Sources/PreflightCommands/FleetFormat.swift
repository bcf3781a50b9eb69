import Reporting

/// How the rows of a fleet are written.
enum FleetFormat: Sendable {
  case text(FleetText)
  /// One document a line.
  case json
  /// Not at all: the exit status is the answer.
  case quiet

  var isQuiet: Bool {
    if case .quiet = self { true } else { false }
  }

  var heading: String {
    if case .text(let text) = self { text.heading } else { "" }
  }

  func line(_ row: FleetRow) -> String {
    switch self {
    case .text(let text): text.line(row)
    case .json: JSONText(FleetJSON.value(row), .line).text
    case .quiet: ""
    }
  }

  func summary(_ tally: FleetTally) -> String {
    if case .text = self { FleetText.summary(tally) } else { "" }
  }
}
