package import HostModel

/// A rule that could find something, and a fact that decides it and did not answer.
///
/// What could not be read, or was never asked for, must not look like a host without the fault.
package struct OpenQuestion: Sendable, Hashable {
  package let rule: RuleSlug
  /// How bad the finding would be.
  package let severity: Severity
  package let group: GroupNumber?
  /// The devices that it would be about.
  package let devices: [DeviceName]
  package let doubt: Doubt

  package init(
    rule: RuleSlug, severity: Severity, group: GroupNumber? = nil, devices: [DeviceName] = [],
    doubt: Doubt
  ) {
    self.rule = rule
    self.severity = severity
    self.group = group
    self.devices = devices
    self.doubt = doubt
  }

  /// Whether the answer could be that user space is refused, or worse.
  package var isGrave: Bool { severity >= .error }
}

/// The conditions of a finding. One that could not be read may hold or not.
struct Conditions {
  private var hasFailed = false
  /// What could not be read, in the order of the conditions.
  private var unread: [Doubt] = []

  /// Whether every condition is known to hold.
  var hold: Bool { !hasFailed && unread.isEmpty }

  /// What decides whether they hold; `nil` when that is known.
  var doubt: Doubt? { hasFailed ? nil : unread.first }

  mutating func require(_ condition: Bool) {
    if !condition { hasFailed = true }
  }

  /// - Parameter test: what must hold for the value; `nil` stands for one that is absent.
  mutating func require<Value>(
    _ reading: Reading<Value>, _ fact: @autoclosure () -> HostFact, _ test: (Value?) -> Bool
  ) {
    if let failure = reading.failure {
      unread.append(.unread(fact(), failure))
    } else {
      require(test(reading.value))
    }
  }

  /// Leaves open what no reading shows.
  mutating func require(unlessUnread doubt: Doubt?) {
    if let doubt { unread.append(doubt) }
  }
}
