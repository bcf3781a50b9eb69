import HostModel

/// What an answer comes to, in one word; from the best to the one that outweighs all others.
///
/// What is certainly wrong outweighs what cannot be seen, and that outweighs a warning: a script
/// that goes on at "warnings" must not go on at "cannot tell".
package enum Conclusion: Sendable, Comparable, CaseIterable {
  /// Nothing is wrong: no finding, or informational ones only; of a comparison, nothing changed.
  case fine
  /// Warnings, nothing worse; of a comparison, something changed; of a search, nothing found.
  case warnings
  /// The host or its groups cannot be read, or what decides cannot be seen.
  case cannotTell
  /// A finding of severity error or critical, or a refusal.
  case critical

  /// One answer for several.
  package static func worst(of conclusions: some Sequence<Conclusion>) -> Conclusion {
    conclusions.max() ?? .fine
  }
}

extension Conclusion {
  package init(of audit: Audit) {
    let worst = audit.findings.lazy.map(\.severity).max() ?? .info
    if worst >= .error {
      self = .critical
    } else if audit.host.groupListing.failure != nil || audit.host.isBlank
      || audit.groups.contains(where: \.isUndeterminedInUse)
      || audit.questions.contains(where: \.isGrave)
    {
      self = .cannotTell
    } else {
      self = worst == .warning ? .warnings : .fine
    }
  }

  package init(of prediction: Prediction) {
    self.init(of: prediction.steps.map(\.answer.verdict))
  }

  /// What is certainly refused outweighs what is undetermined.
  package init(of verdicts: [Verdict]) {
    self = Conclusion.worst(
      of: verdicts.lazy.map { verdict in
        switch verdict {
        case .accepted: .fine
        case .refused, .refusedWithOneOf, .blocks, .crashes: .critical
        case .undetermined: .cannotTell
        }
      })
  }

  /// A new error outweighs what cannot be compared, and that outweighs a change.
  package init(of comparison: HostComparison) {
    if comparison.findings.contains(where: \.isNewlyCritical) {
      self = .critical
    } else if !comparison.unknowns.isEmpty {
      self = .cannotTell
    } else {
      self = comparison.isSame ? .fine : .warnings
    }
  }

  /// Whether a message leads to a rule, as grep and apropos answer it.
  package init(of search: MessageSearch) {
    self = search.matches.isEmpty ? .warnings : .fine
  }
}
