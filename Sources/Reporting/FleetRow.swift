import HostModel
package import OwnershipAnalysis

/// One capture of a fleet, and what its audit says.
package struct FleetRow: Sendable {
  package enum Answer: Sendable {
    case audited(Audit)
    /// Why the capture cannot be read.
    case unreadable(String)
  }

  /// What `--sysroot` takes.
  let source: String
  /// What people call it: the source, or its name in the fleet's directory.
  let name: String
  let answer: Answer

  package init(source: String, name: String, answer: Answer) {
    self.source = source
    self.name = name
    self.answer = answer
  }

  var audit: Audit? {
    if case .audited(let audit) = answer { audit } else { nil }
  }

  var failure: String? {
    if case .unreadable(let reason) = answer { reason } else { nil }
  }

  package var status: ExitStatus {
    audit.map { ExitStatus(of: $0) } ?? .cannotTell
  }

  /// The first thing to know of a capture that is not fine; what else there is, its own audit tells.
  var reason: String? {
    guard let audit else { return failure.map { "cannot read: \($0)" } }
    switch status {
    case .fine, .usage: return nil
    case .warnings, .critical: return audit.findings.first?.message
    case .cannotTell: return FleetRow.doubt(of: audit)
    }
  }

  /// The rule that the reason is from, if it is from one.
  var rule: RuleSlug? {
    status == .warnings || status == .critical ? audit?.findings.first?.rule : nil
  }

  /// What keeps an audit from telling.
  private static func doubt(of audit: Audit) -> String? {
    if let failure = audit.host.groupListing.failure {
      return "the IOMMU groups could not be read: \(failure)"
    }
    guard !audit.host.isBlank else { return "nothing of a host is there" }
    let group = audit.groups.first(where: \.isUndeterminedInUse)
    return group.map { group in
      let doubts = group.viability.doubts.map(\.text).joined(separator: "; ")
      return "group \(group.group.number) is undetermined: \(doubts)"
    }
  }
}
