import HostModel
package import OwnershipAnalysis

/// What the program's exit status says; stable, and the numbers of Nagios plugins.
package enum ExitStatus: Int32, Sendable {
  /// Nothing is wrong: no finding, or informations only.
  case fine = 0
  /// Warnings, nothing worse; of a search, nothing found.
  case warnings = 1
  /// A finding of severity error or critical.
  case critical = 2
  /// The host or its groups cannot be read, or a group in use by user space is undetermined.
  case cannotTell = 3
  /// The command line is wrong (`EX_USAGE` of sysexits).
  case usage = 64

  /// The answer of an audit as one number.
  ///
  /// What is certainly wrong outweighs what cannot be seen, and that outweighs a warning: a script
  /// that goes on at "warnings" must not go on at "cannot tell".
  package init(of audit: Audit) {
    let worst = audit.findings.map(\.severity).max() ?? .info
    if worst >= .error {
      self = .critical
    } else if audit.host.groupListing.failure != nil || audit.host.isBlank
      || audit.groups.contains(where: \.isUndeterminedInUse)
    {
      self = .cannotTell
    } else {
      self = worst == .warning ? .warnings : .fine
    }
  }
}

extension ExitStatus {
  /// Its name in the rows of a fleet.
  package var word: String {
    switch self {
    case .fine: "fine"
    case .warnings: "warnings"
    case .critical: "critical"
    case .cannotTell: "cannot-tell"
    case .usage: "usage"
    }
  }

  /// One answer for several hosts, by the order that one host has: 2 outweighs 3, and 3 outweighs 1.
  static func worst(of statuses: some Sequence<ExitStatus>) -> ExitStatus {
    let order: [ExitStatus] = [.usage, .critical, .cannotTell, .warnings]
    let found = Set(statuses)
    return order.first(where: found.contains) ?? .fine
  }

  /// Whether a message leads to a rule, as grep and apropos tell it: 0 or 1.
  package init(of search: MessageSearch) {
    self = search.matches.isEmpty ? .warnings : .fine
  }

  /// The answer of a prediction as one number: the worst verdict of its steps.
  package init(of prediction: Prediction) {
    self.init(of: prediction.steps.map(\.answer.verdict))
  }

  /// What is certainly refused outweighs what cannot be told.
  package init(of verdicts: [Verdict]) {
    var status = ExitStatus.fine
    for verdict in verdicts {
      switch verdict {
      case .accepted: break
      case .refused, .blocks, .crashes: status = .critical
      case .undetermined: if status == .fine { status = .cannotTell }
      }
    }
    self = status
  }
}

extension GroupAssessment {
  /// User space may have it, and whether it could open it cannot be told.
  var isUndeterminedInUse: Bool {
    guard use.mayBeForUserSpace, case .undetermined = viability else { return false }
    return true
  }
}
