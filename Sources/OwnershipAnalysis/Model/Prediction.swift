package import HostModel

/// A sequence of operations on a host and the kernel's answers, step by step.
package struct Prediction: Sendable {
  package let steps: [(text: String, operation: Operation, transition: Transition)]
  package let before: KernelState
  package let after: KernelState

  package init(_ script: OperationScript, from state: KernelState) {
    before = state
    var current = state
    var steps: [(text: String, operation: Operation, transition: Transition)] = []
    for step in script.steps {
      let transition = KernelModel.apply(step.operation, to: current)
      current = transition.state
      steps.append((step.text, step.operation, transition))
    }
    self.steps = steps
    after = current
  }

  /// The groups that the sequence could have touched, by number.
  package var concernedGroups: [IOMMUGroup] {
    after.changedGroups(since: before).compactMap(after.host.group)
  }
}
