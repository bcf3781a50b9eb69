import HostModel
import OwnershipAnalysis

/// The first lines of an audit: whether what was given to user space can be opened.
struct AuditVerdict {
  private let audit: Audit

  init(_ audit: Audit) {
    self.audit = audit
  }

  var text: String {
    guard !audit.groups.isEmpty else { return withoutGroups }
    let given = audit.groups.filter(\.use.isForUserSpace)
    let refused = given.filter { !$0.viability.obstacles.isEmpty }
    let unknown = given.filter { $0.viability.word == "undetermined" }
    let viable = given.filter { $0.viability == .viable }
    let verdict =
      line("not viable", refused, "user space cannot open \(refused.count == 1 ? "it" : "them")")
      + line("undetermined", unknown, "what would settle it is told below")
      + line("viable", viable, "user space can open \(viable.count == 1 ? "it" : "them")")
    guard verdict.isEmpty else { return verdict }
    return "nothing to refuse: no device is on a VFIO driver, so no group is given to user space\n"
  }

  private func line(_ word: String, _ groups: [GroupAssessment], _ meaning: String) -> String {
    guard !groups.isEmpty else { return "" }
    return "\(word): \(GroupNumbers.phrase(groups.map(\.group.number))); \(meaning)\n"
  }

  private var withoutGroups: String {
    if case .unread(let failure) = audit.host.groupListing {
      return "cannot tell: the IOMMU groups could not be read: "
        + "\(TerminalText.escape(failure.description))\n"
    }
    return audit.host.groups.isEmpty
      ? "no IOMMU group on this host: user space can be given no device\n"
      : "no group is concerned\n"
  }
}
