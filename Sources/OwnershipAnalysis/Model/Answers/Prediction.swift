package import HostModel

/// A sequence of operations on a host and the kernel's answers, step by step.
package struct Prediction: Sendable {
  package let steps: [AnsweredOperation]
  package let before: KernelState
  package let after: KernelState

  package init(_ script: OperationScript, from state: KernelState) {
    before = state
    var current = state
    var bulk = BulkAnswers()
    var steps: [AnsweredOperation] = []
    steps.reserveCapacity(script.steps.count)
    for step in script.steps {
      let transition = bulk.apply(step.operation, to: current)
      current = transition.state
      let device = step.operation.device.flatMap(current.host.device)
      steps.append(
        AnsweredOperation(
          text: step.text, answer: transition.answer,
          driverAfter: device.flatMap { current.driver(of: $0).value }))
    }
    self.steps = steps
    after = current
  }

  /// The groups that the sequence could have touched, by number.
  package var concernedGroups: [IOMMUGroup] {
    after.changedGroups(since: before).compactMap(after.host.group)
  }
}

/// An operation of a sequence and its answer. Its state is not kept: a sequence has as many of them
/// as operations.
package struct AnsweredOperation: Sendable {
  /// The operation as it was written.
  package let text: String
  package let answer: Answer
  /// The driver of the one device that the operation is about; `nil` when there is none.
  package let driverAfter: DriverName?
}
