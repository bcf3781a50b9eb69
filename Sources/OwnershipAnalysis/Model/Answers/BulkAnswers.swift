import HostModel

/// Answers to operations that concern every device of a driver, kept for when the same is asked of
/// the same state again: a script that unloads and loads a module in turn asks it each time.
struct BulkAnswers {
  private struct Question: Hashable {
    let operation: Operation
    let difference: StateDifference

    /// Of few states it is enough to compare what differs most often; a hash of all would cost more
    /// than the comparison, which stops where two states share a part.
    func hash(into hasher: inout Hasher) {
      hasher.combine(operation)
      hasher.combine(difference.bindings.count)
    }
  }

  /// Each keeps a state, which can differ from the others in every device.
  private static let limit = 16

  private var answers: [Question: Transition] = [:]

  /// What the model answers, for the states of one host.
  mutating func apply(_ operation: Operation, to state: KernelState) -> Transition {
    guard operation.isBulk else { return KernelModel.apply(operation, to: state) }
    let question = Question(operation: operation, difference: state.difference)
    if let known = answers[question] { return known }
    let transition = KernelModel.apply(operation, to: state)
    if answers.count == BulkAnswers.limit { answers.removeAll() }
    answers[question] = transition
    return transition
  }
}

extension Operation {
  /// Whether it goes through all devices of a driver, or all without one.
  var isBulk: Bool {
    switch self {
    case .modprobe, .rmmod, .newID, .write(.driver(_, _, .newID), _),
      .write(.boundDriver(_, .newID), _):
      true
    case .bind, .unbind, .override, .probe, .removeID, .open, .openNode, .openCdev, .close, .numVFs,
      .groupType, .write:
      false
    }
  }
}
