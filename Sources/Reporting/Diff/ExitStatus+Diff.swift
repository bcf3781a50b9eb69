package import OwnershipAnalysis

extension ExitStatus {
  /// The answer of a comparison as one number: 0 the same, 1 changed, 2 a new error, 3 cannot tell.
  ///
  /// The same order as everywhere: a new error outweighs what cannot be compared, and that
  /// outweighs a change.
  package init(of comparison: HostComparison) {
    if comparison.findings.contains(where: \.isNewlyCritical) {
      self = .critical
    } else if !comparison.unknowns.isEmpty {
      self = .cannotTell
    } else {
      self = comparison.isSame ? .fine : .warnings
    }
  }
}
