import HostModel
import OwnershipAnalysis

/// The first line of a comparison: how bad it is, and what has changed, in numbers.
struct DiffVerdict {
  private let comparison: HostComparison

  init(_ comparison: HostComparison) {
    self.comparison = comparison
  }

  var text: String {
    let word =
      switch ExitStatus(of: comparison) {
      case .critical: "worse"
      case .cannotTell: "cannot tell"
      default: "changed"
      }
    let lead = word == "worse" ? findings + unknowns : unknowns + findings
    let parts = lead + devices + groups + host
    return "\(word): \(parts.joined(separator: ", "))\n"
  }

  private var unknowns: [String] {
    let count = comparison.unknowns.count
    return count == 0 ? [] : ["\(counted(count, "thing")) that cannot be compared"]
  }

  private var findings: [String] {
    let words: [(Severity, String, String)] = [
      (.critical, "critical", "critical"), (.error, "error", "errors"),
      (.warning, "warning", "warnings"), (.info, "info", "infos"),
    ]
    let new = words.compactMap { severity, one, many in
      let count = comparison.findings.count { $0.old == nil && $0.new?.severity == severity }
      return count == 0 ? nil : "\(count) new \(count == 1 ? one : many)"
    }
    return new
      + part(comparison.findings.count { $0.new == nil }, "finding", "gone")
      + part(comparison.findings.count { $0.old != nil && $0.new != nil }, "finding", "regraded")
  }

  private var devices: [String] {
    let words: [(DeviceComparison.Change, String)] = [
      (.gone, "gone"), (.new, "new"), (.replaced, "replaced"), (.moved, "moved"),
      (.renumbered, "renumbered"),
    ]
    return words.flatMap { change, word in
      part(comparison.devices.count { $0.change == change }, "device", word)
    }
      + part(comparison.devices.count(where: \.changesDriver), "device", "otherwise bound")
      + part(comparison.devices.count(where: \.changesOverride), "override", "changed")
  }

  private var groups: [String] {
    let kept = comparison.groups.filter { $0.old != nil && $0.new != nil }
    func has(_ aspects: GroupComparison.Aspect...) -> Int {
      kept.count { Set(aspects).isSubset(of: $0.aspects) }
    }
    return membership(of: kept.filter { $0.aspects.contains(.members) })
      + part(comparison.groups.count { $0.new == nil }, "group", "gone")
      + part(comparison.groups.count { $0.old == nil }, "group", "new")
      + part(
        kept.count { $0.aspects.contains(.viability) && !$0.isUndetermined(.viability) }, "group",
        "judged otherwise")
      + part(has(.refusals) - has(.viability, .refusals), "group", "refused otherwise")
      + part(
        kept.count { $0.aspects.contains(.claim) && !$0.isUndetermined(.claim) }, "group",
        "claimed or released")
      + part(has(.type), "group", "of another type")
      + part(has(.number), "group", "renumbered")
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
      + part(comparison.settings.count { $0.setting != .iommu }, "setting", "changed")
      + part(comparison.problems.count { !$0.hidesChange }, "note", "on one host only")
  }

  private func part(_ count: Int, _ noun: String, _ rest: String) -> [String] {
    count == 0 ? [] : ["\(counted(count, noun)) \(rest)"]
  }
}
