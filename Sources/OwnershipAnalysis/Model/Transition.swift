/// The kernel's answer to one operation, why, and what is different afterwards.
package struct Transition: Sendable {
  package let verdict: Verdict
  /// The call that answers; for a sequence of calls the one that failed, or the last.
  package let call: KernelCall
  /// The rule that explains the answer; `nil` for a plain success.
  package let rule: RuleSlug?
  /// One line: the fact that decided.
  package let reason: String
  /// What the answer takes for granted; one line each.
  package var dependsOn: [String]
  /// Operations of earlier steps that waited until this one let them go on, in their order.
  package var ended: [EndedOperation] = []
  /// What is worth telling about the state after; one line each.
  package var effects: [String]
  /// The state after; the state before when the operation was refused.
  package var state: KernelState
}

/// An operation that waited and is over now, with its answer.
package struct EndedOperation: Sendable, Equatable {
  package let operation: Operation
  package let verdict: Verdict
  package let call: KernelCall
}
