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
    let given = audit.groups.filter(\.use.mayBeForUserSpace)
    let refused = given.filter { !$0.viability.obstacles.isEmpty }
    let unknown = given.filter { $0.viability.word == "undetermined" }
    let viable = given.filter { $0.viability == .viable }
    let withoutIOMMU = audit.host.vfio.groupsWithoutIOMMU
    let exposed = viable.filter { withoutIOMMU.contains($0.group.number) }
    let isolated = viable.filter { !withoutIOMMU.contains($0.group.number) }
    let used = isolated.filter(\.isInUse)
    let free = isolated.filter { !$0.isInUse }
    let verdict =
      line("not viable", refused, "user space cannot open \(refused.count == 1 ? "it" : "them")")
      + line("undetermined", unknown, "what would settle it is told below")
      + line("not isolated", exposed, "no IOMMU stands between the device and this host's memory")
      + line("in use", used, "user space has \(used.count == 1 ? "it" : "them") open")
      + line("viable", free, "user space can open \(free.count == 1 ? "it" : "them")")
    guard verdict.isEmpty else { return verdict }
    return "no group is given to user space: no device is on a VFIO driver\n"
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
    guard !audit.host.isBlank else {
      return
        "cannot tell: nothing of a host is there, no IOMMU groups, no buses, no kernel release\n"
    }
    return audit.host.groups.isEmpty
      ? "no IOMMU group on this host: user space can be given no device\n"
      : "no IOMMU group belongs to the selection\n"
  }
}

extension GroupAssessment {
  /// A claim, or a process that holds a node without one.
  fileprivate var isInUse: Bool { claim.state == .claimed || !claim.holders.isEmpty }
}
