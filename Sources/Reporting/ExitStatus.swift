package import OwnershipAnalysis

/// The program's exit status: stable, and the numbers of Nagios plugins.
package enum ExitStatus: Int32, Sendable {
  case fine = 0
  case warnings = 1
  case critical = 2
  case cannotTell = 3
  /// The command line is wrong (`EX_USAGE` of sysexits).
  case usage = 64

  package init(_ conclusion: Conclusion) {
    self =
      switch conclusion {
      case .fine: .fine
      case .warnings: .warnings
      case .critical: .critical
      case .cannotTell: .cannotTell
      }
  }
}

extension Conclusion {
  /// Its name in the rows of a fleet.
  package var word: String {
    switch self {
    case .fine: "fine"
    case .warnings: "warnings"
    case .critical: "critical"
    case .cannotTell: "cannot-tell"
    }
  }
}

extension JSONValue {
  /// The number that the program exits with.
  static func exitStatus(_ conclusion: Conclusion) -> JSONValue {
    .integer(Int(ExitStatus(conclusion).rawValue))
  }
}
