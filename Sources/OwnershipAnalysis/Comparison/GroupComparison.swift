package import HostModel

/// A group that is not on the new host what it was on the old.
package struct GroupComparison: Sendable {
  /// `nil` for a new group.
  package let old: GroupAssessment?
  /// `nil` for a group that is gone.
  package let new: GroupAssessment?
  package let gained: [Transfer]
  package let lost: [Transfer]
  /// Whether the new host's kernel would judge the old host's group like the new one's.
  let isExplainedByKernel: Bool

  /// A member that came from another group, or went to one.
  package struct Transfer: Sendable {
    package let device: Device
    /// The other group, by its number on the other host; `nil` when the device had none there, or
    /// was not there.
    package let group: GroupNumber?
  }

  /// What differs in the words of the JSON document.
  package enum Aspect: String, Sendable, CaseIterable {
    case number
    case members
    /// The type of the default domain.
    case type
    case viability
    /// The calls that refuse, or their errno, of a group that user space has.
    case refusals
    case claim
  }

  /// Nothing for a group that is new or gone.
  package var aspects: [Aspect] {
    guard let old, let new else { return [] }
    return Aspect.allCases.filter { aspect in
      switch aspect {
      case .number: old.group.number != new.group.number
      case .members: !gained.isEmpty || !lost.isEmpty
      case .type: GroupComparison.differs(old.group.type, new.group.type)
      case .viability: old.viability.word != new.viability.word
      case .refusals: old.refusalsDiffer(from: new)
      case .claim: old.claim.state != new.claim.state
      }
    }
  }

  /// Whether viability or claim is known on one host alone, so that what changed is unknown.
  package func isUndetermined(_ aspect: Aspect) -> Bool {
    guard let old, let new else { return false }
    return switch aspect {
    case .viability: old.viability.isUndetermined != new.viability.isUndetermined
    case .claim: (old.claim.state == .unknown) != (new.claim.state == .unknown)
    case .number, .members, .type, .refusals: false
    }
  }

  /// Whether the verdict differs because of the kernel alone.
  package var isDueToKernel: Bool {
    isExplainedByKernel && !Set(aspects).isDisjoint(with: [.viability, .refusals, .claim])
  }

  private static func differs(_ old: Reading<DomainType>, _ new: Reading<DomainType>) -> Bool {
    old.failure == nil && new.failure == nil && old.value != new.value
  }
}

extension Viability {
  var isUndetermined: Bool {
    if case .undetermined = self { true } else { false }
  }
}

extension GroupAssessment {
  /// Groups that the host uses itself are refused too; how does not matter.
  fileprivate func refusalsDiffer(from other: GroupAssessment) -> Bool {
    guard use.isForUserSpace || other.use.isForUserSpace else { return false }
    return refusals != other.refusals
  }

  /// Whether the verdict is the same, down to the calls that refuse.
  func isJudgedLike(_ other: GroupAssessment) -> Bool {
    viability.word == other.viability.word && refusals == other.refusals
      && claim.state == other.claim.state
  }

  /// What an open would be answered, in the order of the kernel's tests, each answer once.
  package var refusals: [Refusal] {
    var refusals: [Refusal] = []
    for obstacle in viability.obstacles where !refusals.contains(obstacle.refusal) {
      refusals.append(obstacle.refusal)
    }
    return refusals
  }
}
