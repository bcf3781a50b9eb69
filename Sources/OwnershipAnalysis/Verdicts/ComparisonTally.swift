/// How many things a comparison found changed, of each kind.
package struct ComparisonTally: Sendable {
  private let comparison: HostComparison
  /// The groups that both hosts have.
  private let kept: [GroupComparison]

  package init(of comparison: HostComparison) {
    self.comparison = comparison
    kept = comparison.groups.filter { $0.old != nil && $0.new != nil }
  }

  package var unknowns: Int { comparison.unknowns.count }

  // MARK: Findings

  package func newFindings(_ severity: Severity) -> Int {
    comparison.findings.count { $0.old == nil && $0.new?.severity == severity }
  }

  package var goneFindings: Int { comparison.findings.count { $0.new == nil } }

  /// Findings of another severity than before.
  package var regradedFindings: Int {
    comparison.findings.count { $0.old != nil && $0.new != nil }
  }

  // MARK: Devices

  package func devices(_ change: DeviceComparison.Change) -> Int {
    comparison.devices.count { $0.change == change }
  }

  package var reboundDevices: Int { comparison.devices.count(where: \.changesDriver) }

  package var changedOverrides: Int { comparison.devices.count(where: \.changesOverride) }

  // MARK: Groups

  package var goneGroups: Int { comparison.groups.count { $0.new == nil } }

  package var newGroups: Int { comparison.groups.count { $0.old == nil } }

  /// Groups with other members than before.
  package var regroupedGroups: [GroupComparison] { kept.filter { $0.aspects.contains(.members) } }

  /// Groups with another viability; not those where one host alone shows it.
  package var rejudgedGroups: Int {
    kept.count { $0.aspects.contains(.viability) && !$0.isUndetermined(.viability) }
  }

  /// Groups of the same viability, refused by other calls or with another errno.
  package var refusedOtherwise: Int {
    kept.count { $0.aspects.contains(.refusals) && !$0.aspects.contains(.viability) }
  }

  package var claimedOrReleased: Int {
    kept.count { $0.aspects.contains(.claim) && !$0.isUndetermined(.claim) }
  }

  package var retypedGroups: Int { kept.count { $0.aspects.contains(.type) } }

  package var renumberedGroups: Int { kept.count { $0.aspects.contains(.number) } }

  // MARK: The host

  /// Settings other than whether there is an IOMMU.
  package var settings: Int { comparison.settings.count { $0.setting != .iommu } }

  /// What one host alone did not answer and hides no change.
  package var notes: Int { comparison.problems.count { !$0.hidesChange } }
}
