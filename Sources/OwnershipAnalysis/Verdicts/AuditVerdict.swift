package import HostModel

/// Whether what was given to user space can be opened: the first thing to say of an audit.
package enum AuditVerdict: Sendable, Equatable {
  /// The list of groups could not be read, or not whole.
  case unreadGroups(ReadFailure)
  /// Nothing of a host is there.
  case blank
  /// The host has no group.
  case noGroups
  /// The host has groups, but the audit was restricted to none of them.
  case noneSelected
  /// No device is on a VFIO driver.
  case noneGiven
  case given(GivenGroups)

  package init(of audit: Audit) {
    guard audit.groups.isEmpty else {
      let given = GivenGroups(of: audit)
      self = given.isEmpty ? .noneGiven : .given(given)
      return
    }
    if case .unread(let failure) = audit.host.groupListing {
      self = .unreadGroups(failure)
    } else if audit.host.isBlank {
      self = .blank
    } else {
      self = audit.host.groups.isEmpty ? .noGroups : .noneSelected
    }
  }
}

/// The groups that user space was given, or may have been, by what it can do with them; each group
/// once.
package struct GivenGroups: Sendable, Equatable {
  /// User space cannot open them.
  package private(set) var notViable: [GroupNumber] = []
  package private(set) var undetermined: [GroupNumber] = []
  /// Viable, but no IOMMU stands between the devices and the memory of the host.
  package private(set) var notIsolated: [GroupNumber] = []
  /// Viable, and user space has them open.
  package private(set) var inUse: [GroupNumber] = []
  /// Viable, but a container could map no memory for their devices.
  package private(set) var withoutBackend: [GroupNumber] = []
  /// User space can open them.
  package private(set) var viable: [GroupNumber] = []

  init(of audit: Audit) {
    let withoutIOMMU = audit.host.vfio.groupsWithoutIOMMU
    let hasNoBackend = audit.findings.contains { $0.rule == .noContainerBackend }
    for group in audit.groups where group.use.mayBeForUserSpace {
      let number = group.group.number
      switch group.viabilityIfGiven {
      case .notViable: notViable.append(number)
      case .undetermined: undetermined.append(number)
      case .viable where withoutIOMMU.contains(number): notIsolated.append(number)
      case .viable where group.isInUse: inUse.append(number)
      case .viable where hasNoBackend: withoutBackend.append(number)
      case .viable: viable.append(number)
      }
    }
  }

  var isEmpty: Bool {
    notViable.isEmpty && undetermined.isEmpty && notIsolated.isEmpty && inUse.isEmpty
      && withoutBackend.isEmpty && viable.isEmpty
  }
}

extension GroupAssessment {
  /// The viability of a group that user space has; of one that it may have, an obstacle decides
  /// nothing yet.
  var viabilityIfGiven: Viability.Kind { isOpenWhetherGiven ? .undetermined : viability.kind }

  /// User space may have it, and whether it could open it is undetermined; or it could not open it,
  /// and whether it was given the group is.
  package var isUndeterminedInUse: Bool {
    use.mayBeForUserSpace && viabilityIfGiven == .undetermined
  }
}
