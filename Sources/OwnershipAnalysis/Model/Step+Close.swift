import HostModel

extension Step {
  /// Closes everything that a holder holds; what waited for it completes (§9.2).
  func close(_ holder: HolderName) -> Transition {
    guard let hold = before.holds[holder] else {
      return accepted(.close, "\(holder) holds nothing", state: before)
    }
    var state = before
    state.holds[holder] = nil
    for group in hold.containerGroups { state.setOwnership(of: group, to: .unclaimed) }
    for path in hold.cdevs {
      guard let number = state.host.device(at: path)?.group.value else { continue }
      state.setOwnership(of: number, to: .unclaimed)
    }
    var ended = state.completePending()
    ended.append(state.resumeWaiting())
    var answer = accepted(.close, "\(holder) lets go of everything", state: state)
    answer.effects = ended.told + answer.effects
    answer.ended = ended.operations
    return answer
  }
}

extension KernelState {
  /// Ends the unbinds whose device nobody uses any more.
  fileprivate mutating func completePending() -> Completion {
    var ended = Completion()
    for unbind in pending where unbind.cause != .observed {
      guard let device = host.device(at: unbind.device), !isInUse(device) else { continue }
      pending.removeAll { $0 == unbind }
      release(device)
      guard unbind.cause == .write else { continue }
      ended.operations.append(
        EndedOperation(operation: .unbind(device.path), verdict: .accepted, call: .unbind))
      ended.told.append(
        "the unbind of \(device.name) from \(unbind.driver) that waited completes")
    }
    return ended
  }

  private func isInUse(_ device: Device) -> Bool {
    if holder(where: { $0.uses(device.path) }) != nil { return true }
    return group(of: device).map { waitingContainer(in: $0) != nil } ?? false
  }

  /// What waited for an unbind begins; what still has to wait does so again.
  fileprivate mutating func resumeWaiting() -> Completion {
    let operations = waiting
    waiting = []
    var ended = Completion()
    for operation in operations {
      let answer = resume(operation)
      self = answer.state
      guard answer.verdict != .blocks else { continue }
      let errno = answer.verdict.errno.map { " with \($0)" } ?? ""
      ended.operations.append(
        EndedOperation(operation: operation, verdict: answer.verdict, call: answer.call))
      ended.told.append(
        "the \(answer.call.rawValue) that waited is \(answer.verdict.word)\(errno): "
          + answer.reason)
    }
    return ended
  }

  /// A second unbind found the device bound when it began, and finds nothing left to do: success
  /// (dd.c:device_release_driver_internal).
  private func resume(_ operation: Operation) -> Transition {
    if case .unbind(let path) = operation, let device = host.device(at: path),
      driver(of: device).isAbsent
    {
      return Step(operation: operation, before: self)
        .accepted(.unbind, "the first unbind left nothing to do", state: self)
    }
    return KernelModel.apply(operation, to: self)
  }
}

/// What waited and is over now.
private struct Completion {
  var operations: [EndedOperation] = []
  /// One line each.
  var told: [String] = []

  mutating func append(_ other: Completion) {
    operations += other.operations
    told += other.told
  }
}
