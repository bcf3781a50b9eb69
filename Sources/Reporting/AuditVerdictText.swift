import HostModel
package import OwnershipAnalysis

extension AuditVerdict {
  static let blankHost = "nothing of a host is there"
  static let unreadList = "the IOMMU groups could not be read"

  /// The first lines of an audit.
  var text: String {
    if case .given(let groups) = self { AuditVerdict.text(of: groups) } else { line + "\n" }
  }

  /// The verdict where no group is given to user space, without the end of the line.
  package var line: String {
    switch self {
    case .unreadGroups(let failure):
      "cannot tell: \(AuditVerdict.unreadList): \(TerminalText.escape(failure.description))"
    case .blank:
      "cannot tell: \(AuditVerdict.blankHost), no IOMMU groups, no buses, no kernel release"
    case .noGroups: "no IOMMU group on this host: user space can be given no device"
    case .noneSelected: "no IOMMU group belongs to the selection"
    case .noneGiven: "no group is given to user space: no device is on a VFIO driver"
    case .given: ""
    }
  }

  private static func text(of groups: GivenGroups) -> String {
    line("not viable", groups.notViable, "user space cannot open", it: "it", them: "them")
      + line("undetermined", groups.undetermined, "what would settle it is told below")
      + line(
        "not isolated", groups.notIsolated,
        "no IOMMU stands between the device and this host's memory")
      + line("in use", groups.inUse, "user space has", it: "it open", them: "them open")
      + line("viable", groups.viable, "user space can open", it: "it", them: "them")
  }

  /// - Parameters:
  ///   - it: what ends the sentence about one group.
  ///   - them: what ends it about several.
  private static func line(
    _ word: String, _ groups: [GroupNumber], _ meaning: String, it: String, them: String
  ) -> String {
    line(word, groups, "\(meaning) \(groups.count == 1 ? it : them)")
  }

  private static func line(_ word: String, _ groups: [GroupNumber], _ meaning: String) -> String {
    guard !groups.isEmpty else { return "" }
    return "\(word): \(GroupNumbers.phrase(groups)); \(meaning)\n"
  }
}
