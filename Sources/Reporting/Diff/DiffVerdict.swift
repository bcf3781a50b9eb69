import HostModel
import OwnershipAnalysis

/// The first line of a comparison: how bad it is, and what has changed, in numbers.
struct DiffVerdict {
  private let comparison: HostComparison
  private let tally: ComparisonTally

  init(_ comparison: HostComparison) {
    self.comparison = comparison
    tally = ComparisonTally(of: comparison)
  }

  var text: String {
    let conclusion = Conclusion(of: comparison)
    let word =
      switch conclusion {
      case .critical: "worse"
      case .cannotTell: "cannot tell"
      case .fine, .warnings: "changed"
      }
    let lead = conclusion == .critical ? findings + unknowns : unknowns + findings
    let parts = lead + devices + groups + host
    return "\(word): \(parts.joined(separator: ", "))\n"
  }

  private var unknowns: [String] { part(tally.unknowns, "thing", "that cannot be compared") }

  private var findings: [String] {
    let new = Severity.worstFirst.compactMap { severity in
      let count = tally.newFindings(severity)
      return count == 0 ? nil : severity.counted(count, "new ")
    }
    return new + part(tally.goneFindings, "finding", "gone")
      + part(tally.regradedFindings, "finding", "regraded")
  }

  private var devices: [String] {
    let words: [(DeviceComparison.Change, String)] = [
      (.gone, "gone"), (.new, "new"), (.replaced, "replaced"), (.moved, "moved"),
      (.renumbered, "renumbered"),
    ]
    return words.flatMap { part(tally.devices($0), "device", $1) }
      + part(tally.reboundDevices, "device", "with another driver")
      + part(tally.changedOverrides, "override", "changed")
  }

  private var groups: [String] {
    membership(of: tally.regroupedGroups)
      + part(tally.goneGroups, "group", "gone")
      + part(tally.newGroups, "group", "new")
      + part(tally.rejudgedGroups, "group", "with another viability")
      + part(tally.refusedOtherwise, "group", "refused in another way")
      + part(tally.claimedOrReleased, "group", "claimed or released")
      + part(tally.retypedGroups, "group", "of another type")
      + part(tally.renumberedGroups, "group", "renumbered")
  }

  /// A group or two by number, more as a count.
  private func membership(of groups: [GroupComparison]) -> [String] {
    guard groups.count <= 2 else { return part(groups.count, "group", "with other members") }
    return groups.map { group in
      let changes = [("gained", group.gained.count), ("lost", group.lost.count)]
        .filter { $0.1 > 0 }.map { "\($0) \(counted($1, "member"))" }
      let number = (group.new ?? group.old)?.group.number.description ?? ""
      return "group \(number) \(changes.joined(separator: " and "))"
    }
  }

  private var host: [String] {
    comparison.settings.filter { $0.setting == .iommu }.map { "IOMMU \($0.new)" }
      + (comparison.changesKernel ? ["another kernel"] : [])
      + part(tally.settings, "setting", "changed")
      + part(tally.notes, "note", "on one host only")
  }

  private func part(_ count: Int, _ noun: String, _ rest: String) -> [String] {
    count == 0 ? [] : ["\(counted(count, noun)) \(rest)"]
  }
}
