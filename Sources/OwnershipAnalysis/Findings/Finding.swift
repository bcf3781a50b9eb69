package import HostModel

/// Something that a rule says of this host.
package struct Finding: Sendable, Equatable {
  package let rule: RuleSlug
  package let severity: Severity
  /// The group it is about; `nil` for the host as a whole or a device without a group.
  package let group: GroupNumber?
  /// The devices it is about, the culprit first.
  package let devices: [DeviceName]
  /// One line: the fact, the culprit by full address and driver.
  package let message: String
  /// What the verdict rests on.
  package let evidence: [Evidence]
  /// One line: what to do about it.
  package let remedy: String
  /// The message that the user would meet without this program, word for word.
  package let symptom: String?
  /// What cannot be seen and would change the verdict.
  package let dependsOn: [Doubt]

  package init(
    rule: RuleSlug, severity: Severity, group: GroupNumber? = nil, devices: [DeviceName] = [],
    message: String, evidence: [Evidence], remedy: String, symptom: String? = nil,
    dependsOn: [Doubt] = []
  ) {
    self.rule = rule
    self.severity = severity
    self.group = group
    self.devices = devices
    self.message = message
    self.evidence = evidence
    self.remedy = remedy
    self.symptom = symptom
    self.dependsOn = dependsOn
  }
}

extension Finding {
  /// Worst first, then in the order of groups, devices and rules.
  static func isMoreUrgent(_ left: Finding, _ right: Finding) -> Bool {
    if left.severity != right.severity { return left.severity > right.severity }
    if left.group != right.group {
      guard let leftGroup = left.group else { return true }
      guard let rightGroup = right.group else { return false }
      return leftGroup < rightGroup
    }
    if left.devices != right.devices {
      return left.devices.lexicographicallyPrecedes(right.devices)
    }
    return left.rule < right.rule
  }
}

/// A fact that a verdict rests on: the place on the host and what it says there.
package struct Evidence: Sendable, Hashable {
  /// The attribute, link or directory.
  package let path: HostPath
  /// The raw value as the host shows it; `nil` where the host has no such entry.
  package let value: String?

  package init(path: HostPath, value: String?) {
    self.path = path
    self.value = value
  }
}

/// How bad a finding is.
package enum Severity: String, CaseIterable, Sendable, Comparable {
  /// Worth knowing; nothing fails because of it.
  case info
  /// Something will fail or surprise later.
  case warning
  /// User space is refused.
  case error
  /// The kernel crashes, or isolation is not what it seems.
  case critical

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    case .critical: 3
    }
  }

  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
