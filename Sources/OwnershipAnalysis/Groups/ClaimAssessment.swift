/// Whether user space owns the group now (kernel-rules §8.3). Not exported: inferred.
package struct ClaimAssessment: Sendable, Equatable {
  package let state: State
  /// How sure that is.
  package let certainty: Certainty
  package let evidence: [Evidence]
  /// Processes that hold the group or a device of it, `qemu-system-x86 (4711)`; sorted.
  package let holders: [String]

  package enum State: String, Sendable {
    case claimed
    case unclaimed
    case unknown
  }

  package enum Certainty: String, Sendable {
    case certain
    case likely
    case none
  }

  package init(
    state: State, certainty: Certainty, evidence: [Evidence] = [], holders: [String] = []
  ) {
    self.state = state
    self.certainty = certainty
    self.evidence = evidence
    self.holders = holders
  }
}
