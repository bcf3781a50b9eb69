import HostModel

/// A finding that only one host has, or that is worse on one.
package struct FindingComparison: Sendable {
  /// `nil` for a new finding.
  package let old: Finding?
  /// `nil` for a finding that is gone.
  package let new: Finding?
  /// Whether the new host's kernel alone makes the difference: on the old host its rules find the
  /// same.
  package let isDueToKernel: Bool

  /// Whether user space is refused by it, or worse, and was not before.
  package var isNewlyCritical: Bool {
    guard let new, new.severity >= .error else { return false }
    return old.map { $0.severity < new.severity } ?? true
  }
}

/// Compares the findings of two hosts: by rule and by what they are about, in whatever numbers.
struct FindingComparer {
  let old: Audit
  let new: Audit
  let oldByNewKernel: Audit?
  let devices: DeviceMatching
  let groups: GroupMatching
  private let oldHost: ComparedHost
  private let newHost: ComparedHost

  init(
    old: Audit, new: Audit, oldByNewKernel: Audit?, devices: DeviceMatching, groups: GroupMatching
  ) {
    self.old = old
    self.new = new
    self.oldByNewKernel = oldByNewKernel
    self.devices = devices
    self.groups = groups
    oldHost = ComparedHost(old, beside: new.host)
    newHost = ComparedHost(new, beside: old.host)
  }

  /// What a finding is about, the same on both hosts.
  private struct Subject: Hashable {
    let rule: RuleSlug
    let group: Group?
    let devices: Set<DeviceMatching.Identity>
    /// Counts up where a subject has several findings of one rule.
    var position = 0
  }

  private enum Group: Hashable {
    /// A group of the old host, or its counterpart.
    case old(GroupNumber)
    case new(GroupNumber)
  }

  /// Worst first, and the facts without which some findings cannot be compared.
  func comparisons() -> (found: [FindingComparison], lacking: [FactComparison]) {
    let before = bySubject(old.findings, subject(ofOld:))
    let after = bySubject(new.findings, subject(ofNew:))
    let hypothetical = oldByNewKernel.map {
      Set(bySubject($0.findings, subject(ofOld:)).keys)
    }
    var comparisons: [FindingComparison] = []
    var lacking: Set<FactComparison> = []
    for (subject, finding) in after {
      let old = before[subject]
      guard old?.severity != finding.severity else { continue }
      if let basis = basis(of: finding, on: .new) ?? old.flatMap({ basis(of: $0, on: .old) }) {
        lacking.insert(basis)
        continue
      }
      comparisons.append(
        FindingComparison(
          old: old, new: finding, isDueToKernel: hypothetical?.contains(subject) ?? false))
    }
    for (subject, finding) in before where after[subject] == nil {
      if let basis = basis(of: finding, on: .old) {
        lacking.insert(basis)
        continue
      }
      comparisons.append(
        FindingComparison(
          old: finding, new: nil,
          isDueToKernel: hypothetical.map { !$0.contains(subject) } ?? false))
    }
    let sorted = comparisons.sorted { left, right in
      switch (left.new, right.new) {
      case (let left?, let right?): Finding.isMoreUrgent(left, right)
      case (_?, nil): true
      case (nil, _?): false
      case (nil, nil):
        if let left = left.old, let right = right.old {
          Finding.isMoreUrgent(left, right)
        } else {
          false
        }
      }
    }
    return (sorted, Array(lacking))
  }

  /// The fact that one of the hosts does not show and that a finding of this one rests on.
  private func basis(of finding: Finding, on side: ProblemComparison.Side) -> FactComparison? {
    let isNew = side == .new
    let (own, other) = isNew ? (newHost, oldHost) : (oldHost, newHost)
    let paths = own.names.paths(in: finding)
    let counterparts = paths.compactMap {
      isNew ? devices.counterpart(ofNew: $0) : devices.counterpart(ofOld: $0)
    }
    let unshown = other.unshown.basis(
      of: finding.rule,
      group: finding.group.flatMap { isNew ? groups.oldOfNew[$0] : groups.pairs[$0] },
      devices: counterparts.map(\.path))
    if let unshown { return FactComparison(fact: unshown, side: isNew ? .old : .new) }
    guard other.families.contains(FindingFacts.family(of: finding.rule)) else { return nil }
    return own.unshown.basis(of: finding.rule, group: finding.group, devices: paths)
      .map { FactComparison(fact: $0, side: side) }
  }

  private func bySubject(
    _ findings: [Finding], _ subject: (Finding) -> Subject
  ) -> [Subject: Finding] {
    var found: [Subject: Finding] = [:]
    var counts: [Subject: Int] = [:]
    for finding in findings {
      var subject = subject(finding)
      let position = counts[subject, default: 0]
      counts[subject] = position + 1
      subject.position = position
      found[subject] = finding
    }
    return found
  }

  private func subject(ofOld finding: Finding) -> Subject {
    Subject(
      rule: finding.rule, group: finding.group.map(Group.old),
      devices: Set(oldHost.names.paths(in: finding).compactMap(devices.identity(ofOld:))))
  }

  private func subject(ofNew finding: Finding) -> Subject {
    Subject(
      rule: finding.rule,
      group: finding.group.map { groups.oldOfNew[$0].map(Group.old) ?? .new($0) },
      devices: Set(newHost.names.paths(in: finding).compactMap(devices.identity(ofNew:))))
  }
}

/// What a comparison asks of one of the hosts again and again.
private struct ComparedHost {
  let names: DevicesByName
  let unshown: UnshownFacts
  /// The families of rules that found something. What a host itself does not show makes a finding
  /// of one rule into that of another; one of a kind that the other host has none of is new.
  let families: Set<RuleSlug>

  init(_ audit: Audit, beside other: ObservedHost) {
    names = DevicesByName(audit.host)
    unshown = UnshownFacts(of: audit.host, beside: other)
    families = Set(audit.findings.map { FindingFacts.family(of: $0.rule) })
  }
}

/// The devices of a host by the names that findings give them.
private struct DevicesByName {
  private struct Member: Hashable {
    let name: DeviceName
    let group: GroupNumber?
  }

  private var members: [Member: HostPath] = [:]
  private var all: [DeviceName: HostPath] = [:]

  init(_ host: ObservedHost) {
    for device in host.devices.reversed() {
      members[Member(name: device.name, group: device.group.value)] = device.path
      all[device.name] = device.path
    }
  }

  /// A name can be that of devices on several buses; one of the group is meant, if it has any.
  func paths(in finding: Finding) -> [HostPath] {
    finding.devices.compactMap {
      members[Member(name: $0, group: finding.group)] ?? all[$0]
    }
  }
}
