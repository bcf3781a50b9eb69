package import HostModel
import OwnershipAnalysis

/// The groups that are given to user space, member by member, and one line for all others.
struct GroupTable {
  private let audit: Audit
  private let shown: [GroupAssessment]
  private let omitted: Int

  /// Viable groups fill the table only so far: a host can have hundreds of virtual functions.
  private static let viableLimit = 16

  init(_ audit: Audit, detail: AuditText.Detail) {
    self.audit = audit
    let given = audit.groups.filter(\.use.mayBeForUserSpace)
    let doubtful = given.filter { $0.viability != .viable }
    let viable = given.filter { $0.viability == .viable }
    let kept = detail == .verbose ? viable : Array(viable.prefix(GroupTable.viableLimit))
    shown = (doubtful + kept).sorted { $0.group.number < $1.group.number }
    omitted = viable.count - kept.count
  }

  var text: String {
    guard !audit.groups.isEmpty else { return "" }
    return table + holders + remarks + rest
  }

  private var table: String {
    guard !shown.isEmpty else { return "" }
    var columns = [
      Table.Column("GROUP", .right), Table.Column("VIABILITY"), Table.Column("CLAIM"),
      Table.Column("DEVICE"), Table.Column("DRIVER"), Table.Column("POLICY"),
    ]
    let blames = shown.contains { $0.viability.obstacles.contains { !$0.culprits.isEmpty } }
    if blames { columns.append(Table.Column("REFUSED BY")) }
    var table = Table(columns)
    for group in shown { add(group, to: &table) }
    return table.text()
  }

  private func add(_ group: GroupAssessment, to table: inout Table) {
    var lead = [group.group.number.description, group.viability.word, GroupTable.word(group.claim)]
    // By name, since a group can have ten thousand members and each can be a culprit.
    var refusals: [DeviceName: [String]] = [:]
    for obstacle in group.viability.obstacles {
      for device in Set(obstacle.culprits.map(\.device)) {
        refusals[device, default: []].append(GroupTable.text(obstacle))
      }
    }
    for member in group.members {
      table.add(
        lead + [
          TerminalText.escape(member.device.name.text),
          GroupTable.driver(of: member.device), member.policy.word,
          (refusals[member.device.name] ?? []).joined(separator: ", "),
        ])
      lead = ["", "", ""]
    }
    let read = Set(group.members.map(\.device.path))
    let unread =
      group.group.members.filter { !read.contains($0.device) }.map(\.linkName)
      + group.group.unreadMembers.map(\.linkName)
    for name in unread {
      table.add(lead + [TerminalText.escape(name.text), "?", "?", ""])
      lead = ["", "", ""]
    }
    // A group none of whose members is known has its line too.
    if !lead[0].isEmpty { table.add(lead + ["?", "?", "?", ""]) }
  }

  private var holders: String {
    var text = ""
    for group in shown where !group.claim.holders.isEmpty {
      let names = group.claim.holders.map(TerminalText.escape).joined(separator: ", ")
      text += "group \(group.group.number) is held by \(names)\n"
    }
    return text
  }

  /// What blames no member, what would settle an undetermined group, and what an answer rests on
  /// without being seen.
  private var remarks: String {
    var groups: [String: [GroupNumber]] = [:]
    for group in audit.groups where group.use.mayBeForUserSpace {
      var lines = group.viability.obstacles.filter(\.culprits.isEmpty).map {
        "refused as a whole by \(GroupTable.text($0))"
      }
      lines += group.dependsOn.map(\.text)
      lines += group.openDoubts.map(\.text)
      for line in lines { groups[line, default: []].append(group.group.number) }
    }
    // Groups that share a remark share its line.
    return groups.sorted { ($0.value.min() ?? 0, $0.key) < ($1.value.min() ?? 0, $1.key) }.map {
      line, numbers in
      "\(GroupNumbers.phrase(numbers)): \(TerminalText.escape(line))\n"
    }.joined()
  }

  private var rest: String {
    let kernel = audit.groups.count { $0.use == .kernel }
    let idle = audit.groups.count { $0.use == .idle }
    var parts: [String] = []
    if omitted > 0 { parts.append("\(omitted) viable given to user space") }
    if kernel > 0 { parts.append("\(kernel) used by the kernel") }
    if idle > 0 { parts.append("\(idle) idle") }
    guard !parts.isEmpty else { return "" }
    let subject = shown.isEmpty ? "groups" : "other groups"
    return "\(subject): \(parts.joined(separator: ", ")) (vfio-preflight list)\n"
  }

  static func driver(of device: Device) -> String {
    switch device.driver {
    case .value(let driver): TerminalText.escape(driver.text)
    case .absent: "-"
    case .unread: "?"
    }
  }

  private static func word(_ claim: ClaimAssessment) -> String {
    claim.certainty == .likely ? "\(claim.state.rawValue)?" : claim.state.rawValue
  }

  private static func text(_ obstacle: Obstacle) -> String {
    "\(obstacle.refusal.call.rawValue) \(obstacle.refusal.errno.name)"
  }
}

/// Group numbers in the words of a sentence: `group 1`, `groups 0-4, 7 and 3 more`.
package enum GroupNumbers {
  /// - Parameter limit: how many runs of numbers are spelled out.
  package static func phrase(_ numbers: [GroupNumber], limit: Int = 12) -> String {
    (numbers.count == 1 ? "group " : "groups ") + ranges(numbers, limit: limit)
  }

  /// The numbers, ascending, neighbours joined: `0-4, 7`.
  package static func ranges(_ numbers: [GroupNumber], limit: Int = 12) -> String {
    var runs: [ClosedRange<UInt32>] = []
    for number in numbers.map(\.value).sorted() {
      if let last = runs.last, number <= last.upperBound { continue }
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    let shown = runs.prefix(limit).map { run in
      run.count == 1
        ? "\(run.lowerBound)"
        : run.count == 2
          ? "\(run.lowerBound), \(run.upperBound)" : "\(run.lowerBound)-\(run.upperBound)"
    }
    let left = runs.dropFirst(limit).reduce(0) { $0 + $1.count }
    return shown.joined(separator: ", ") + (left == 0 ? "" : " and \(left) more")
  }
}
