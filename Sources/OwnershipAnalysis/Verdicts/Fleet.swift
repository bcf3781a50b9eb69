package import HostModel

/// One capture of a fleet, and what its audit says.
package struct FleetRow: Sendable {
  package enum Answer: Sendable {
    case audited(Audit)
    /// Why the capture cannot be read.
    case unreadable(String)
  }

  /// What `--sysroot` takes.
  package let source: String
  /// What people call it: the source, or its name in the fleet's directory.
  package let name: String
  package let answer: Answer
  package let conclusion: Conclusion

  package init(source: String, name: String, answer: Answer) {
    self.source = source
    self.name = name
    self.answer = answer
    conclusion =
      switch answer {
      case .audited(let audit): Conclusion(of: audit)
      case .unreadable: .cannotTell
      }
  }

  package var audit: Audit? {
    if case .audited(let audit) = answer { audit } else { nil }
  }

  /// The first thing to know of a capture that was audited and is not fine.
  package var concern: Concern? {
    audit.flatMap { Concern(of: $0, concluding: conclusion) }
  }
}

/// The first thing to know of a host that is not fine; its audit says what else there is.
package enum Concern: Sendable {
  /// The worst finding.
  case finding(Finding)
  /// The list of groups could not be read.
  case unreadGroups(ReadFailure)
  /// Nothing of a host is there.
  case blank
  /// The first group that user space may have and whose viability is undetermined.
  case undetermined(GroupAssessment)
  /// The first rule that an unread fact leaves open.
  case question(OpenQuestion)

  init?(of audit: Audit, concluding conclusion: Conclusion) {
    switch conclusion {
    case .fine: return nil
    case .warnings, .critical:
      guard let worst = audit.findings.first else { return nil }
      self = .finding(worst)
    case .cannotTell:
      if let failure = audit.host.groupListing.failure {
        self = .unreadGroups(failure)
      } else if audit.host.isBlank {
        self = .blank
      } else if let group = audit.groups.first(where: \.isUndeterminedInUse) {
        self = .undetermined(group)
      } else if let question = audit.questions.first(where: \.isGrave) {
        self = .question(question)
      } else {
        return nil
      }
    }
  }
}

/// What the captures of a fleet come to.
package struct FleetTally: Sendable, Equatable {
  package private(set) var captures = 0
  package private(set) var groups = GroupTally()
  private var conclusions: [Conclusion: Int] = [:]

  package init() {}

  package init(of row: FleetRow) {
    captures = 1
    conclusions = [row.conclusion: 1]
    groups = row.audit.map(GroupTally.init) ?? GroupTally()
  }

  package func count(_ conclusion: Conclusion) -> Int { conclusions[conclusion, default: 0] }

  /// The conclusion for the fleet: that of its worst capture.
  package var worst: Conclusion { .worst(of: conclusions.keys) }

  /// The same, where only some of the captures were audited.
  package func worst(outOf total: Int) -> Conclusion {
    captures < total ? max(worst, .cannotTell) : worst
  }

  package static func += (sum: inout FleetTally, part: FleetTally) {
    sum.captures += part.captures
    sum.groups += part.groups
    sum.conclusions.merge(part.conclusions, uniquingKeysWith: +)
  }
}

/// Groups, and of those that user space was given the viability.
package struct GroupTally: Sendable, Equatable {
  package private(set) var all = 0
  package private(set) var viable = 0
  package private(set) var notViable = 0
  package private(set) var undetermined = 0

  package init() {}

  package init(_ audit: Audit) {
    all = audit.groups.count
    for group in audit.groups where group.use.mayBeForUserSpace {
      switch group.viabilityIfGiven {
      case .viable: viable += 1
      case .notViable: notViable += 1
      case .undetermined: undetermined += 1
      }
    }
  }

  package var given: Int { viable + notViable + undetermined }

  package static func += (sum: inout GroupTally, part: GroupTally) {
    sum.all += part.all
    sum.viable += part.viable
    sum.notViable += part.notViable
    sum.undetermined += part.undetermined
  }
}
