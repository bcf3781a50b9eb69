import OwnershipAnalysis

/// What the captures of a fleet come to.
package struct FleetTally: Sendable, Equatable {
  package private(set) var captures = 0
  private(set) var groups = GroupTally()
  private var statuses: [ExitStatus: Int] = [:]

  package init() {}

  package init(of row: FleetRow) {
    captures = 1
    statuses = [row.status: 1]
    groups = row.audit.map(GroupTally.init) ?? GroupTally()
  }

  func count(_ status: ExitStatus) -> Int { statuses[status, default: 0] }

  /// The exit status of the fleet: that of its worst capture.
  package var worst: ExitStatus { .worst(of: statuses.keys) }

  /// The same, where only some of the captures were audited.
  package func worst(outOf total: Int) -> ExitStatus {
    captures < total ? .worst(of: [worst, .cannotTell]) : worst
  }

  package static func += (sum: inout FleetTally, part: FleetTally) {
    sum.captures += part.captures
    sum.groups += part.groups
    sum.statuses.merge(part.statuses, uniquingKeysWith: +)
  }
}

/// Groups, and of those that were given to user space the viability.
struct GroupTally: Sendable, Equatable {
  private(set) var all = 0
  private(set) var viable = 0
  private(set) var notViable = 0
  private(set) var undetermined = 0

  init() {}

  init(_ audit: Audit) {
    all = audit.groups.count
    for group in audit.groups where group.use.mayBeForUserSpace {
      switch group.viability {
      case .viable: viable += 1
      case .notViable: notViable += 1
      case .undetermined: undetermined += 1
      }
    }
  }

  var given: Int { viable + notViable + undetermined }

  static func += (sum: inout GroupTally, part: GroupTally) {
    sum.all += part.all
    sum.viable += part.viable
    sum.notViable += part.notViable
    sum.undetermined += part.undetermined
  }
}
