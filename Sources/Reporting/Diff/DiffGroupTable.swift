import HostModel
import OwnershipAnalysis

/// The groups that are not what they were, a line each, and one line for those renumbered only.
struct DiffGroupTable {
  private let groups: [GroupComparison]
  private let detail: AuditText.Detail

  private static let limit = 24
  /// Members named in a cell.
  private static let memberLimit = 4

  init(_ groups: [GroupComparison], detail: AuditText.Detail) {
    self.groups = groups
    self.detail = detail
  }

  /// What can differ for every group of a host at once, and is shown in a line for all.
  private static let minor: Set<GroupComparison.Aspect> = [.number, .type]

  var text: String {
    let listed = groups.filter { group in
      group.old == nil || group.new == nil || !DiffGroupTable.minor.isSuperset(of: group.aspects)
    }
    let kept = detail == .verbose ? listed.count : DiffGroupTable.limit
    let rows = listed.prefix(kept).map(cells)
    let titles = [
      "GROUP", "OLD", "NEW", "VIABILITY", "REFUSED BY", "CLAIM", "TYPE", "MEMBERS", "CAUSE",
    ]
    // A column that says nothing is left out.
    let shown = titles.indices.filter { column in
      column < 3 || rows.contains { !$0[column].isEmpty }
    }
    var table = Table(shown.map { Table.Column(titles[$0], 1...2 ~= $0 ? .right : .left) })
    for row in rows { table.add(shown.map { row[$0] }) }
    let rest = listed.count > kept ? "and \(listed.count - kept) more (--verbose)\n" : ""
    return (listed.isEmpty ? "" : table.text() + rest) + minorChanges
  }

  private func cells(of group: GroupComparison) -> [String] {
    let isBoth = group.old != nil && group.new != nil
    let aspects = Set(group.aspects)
    func cell(_ aspect: GroupComparison.Aspect, _ text: (GroupAssessment) -> String) -> String {
      guard !isBoth || aspects.contains(aspect) else { return "" }
      let texts = [group.old, group.new].compactMap { $0.map(text) }
      return texts.first == texts.last ? texts.first ?? "" : texts.joined(separator: " -> ")
    }
    return [
      isBoth ? "changed" : group.old == nil ? "new" : "gone",
      group.old.map { "\($0.group.number)" } ?? "-", group.new.map { "\($0.group.number)" } ?? "-",
      cell(.viability) { $0.viability.word },
      aspects.contains(.refusals) ? cell(.refusals, DiffGroupTable.refusals) : "",
      cell(.claim) { $0.claim.state.rawValue },
      isBoth && aspects.contains(.type) ? types(of: group) : "",
      members(of: group), group.isDueToKernel ? "the other kernel alone" : "",
    ]
  }

  private static func refusals(of group: GroupAssessment) -> String {
    group.refusals.isEmpty
      ? "-" : group.refusals.map { "\($0.call.rawValue) \($0.errno.name)" }.joined(separator: ", ")
  }

  private func members(of group: GroupComparison) -> String {
    let gained = transfers(group.gained, sign: "+") { "from \($0)" }
    let lost = transfers(group.lost, sign: "-") { "to \($0)" }
    return [gained, lost].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private func transfers(
    _ transfers: [GroupComparison.Transfer], sign: String, _ direction: (GroupNumber) -> String
  ) -> String {
    let limit = detail == .verbose ? transfers.count : DiffGroupTable.memberLimit
    let shown = transfers.prefix(limit).map { transfer in
      sign + TerminalText.escape(transfer.device.name.text)
        + (transfer.group.map { " (\(direction($0)))" } ?? "")
    }
    let rest = transfers.count > limit ? ["\(sign)\(transfers.count - limit) more"] : []
    return (shown + rest).joined(separator: " ")
  }

  private var minorChanges: String {
    let minor = groups.filter { group in
      group.old != nil && group.new != nil && DiffGroupTable.minor.isSuperset(of: group.aspects)
    }
    return renumbered(minor) + retyped(minor)
  }

  private func retyped(_ groups: [GroupComparison]) -> String {
    var numbers: [String: [GroupNumber]] = [:]
    for group in groups where group.aspects.contains(.type) {
      guard let new = group.new else { continue }
      numbers[types(of: group), default: []].append(new.group.number)
    }
    return numbers.sorted { $0.key < $1.key }.map { types, numbers in
      "\(GroupNumbers.phrase(numbers)): type \(types)\n"
    }.joined()
  }

  private func types(of group: GroupComparison) -> String {
    [group.old, group.new].map { TerminalText.escape($0?.group.type.value?.word ?? "-") }
      .joined(separator: " -> ")
  }

  /// Neighbours that moved by the same number share an arrow: `14-80 -> 15-81`.
  private func renumbered(_ groups: [GroupComparison]) -> String {
    var runs: [(old: ClosedRange<UInt32>, new: ClosedRange<UInt32>)] = []
    let pairs = groups.filter { $0.aspects.contains(.number) }
      .compactMap { group -> (old: UInt32, new: UInt32)? in
        guard let old = group.old, let new = group.new else { return nil }
        return (old.group.number.value, new.group.number.value)
      }.sorted { $0.old < $1.old }
    for pair in pairs {
      if let last = runs.last, Int(last.old.upperBound) + 1 == Int(pair.old),
        Int(last.new.upperBound) + 1 == Int(pair.new)
      {
        runs[runs.count - 1] = (
          last.old.lowerBound...pair.old, last.new.lowerBound...pair.new
        )
      } else {
        runs.append((pair.old...pair.old, pair.new...pair.new))
      }
    }
    guard !runs.isEmpty else { return "" }
    let limit = detail == .verbose ? runs.count : DiffGroupTable.limit
    let shown = runs.prefix(limit).map { "\(phrase($0.old)) -> \(phrase($0.new))" }
    let left = runs.dropFirst(limit).reduce(0) { $0 + $1.old.count }
    return "groups renumbered: \(shown.joined(separator: ", "))"
      + (left > 0 ? " and \(left) more (--verbose)" : "") + "\n"
  }

  private func phrase(_ run: ClosedRange<UInt32>) -> String {
    run.count == 1 ? "\(run.lowerBound)" : "\(run.lowerBound)-\(run.upperBound)"
  }
}
