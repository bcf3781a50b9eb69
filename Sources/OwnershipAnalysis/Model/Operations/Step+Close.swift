import HashTreeCollections
import HostModel

extension Step {
  /// Closes everything that a holder holds; what waited for it completes (§9.2).
  func close(_ holder: HolderName) -> Transition {
    var state = before
    guard let hold = state.letGo(holder) else {
      return accepted(.close, .holdsNothing(holder), state: before)
    }
    var ended = state.completePending(after: hold)
    ended.append(state.resumeWaiting(for: ended.devices))
    return accepted(
      .close, .letsGo(holder), effects: ended.effects, ended: ended.operations, state: state)
  }
}

extension KernelState {
  /// The holder's files are closed: no group is its own any more.
  ///
  /// - Returns: what it held; `nil` for nothing.
  @discardableResult
  mutating func letGo(_ holder: HolderName) -> Hold? {
    guard let hold = changeHold(of: holder, { $0.remove(holder) }) else { return nil }
    for group in hold.nodes { touch(group) }
    for group in hold.containerGroups { setOwnership(of: group, to: .unclaimed) }
    for path in hold.cdevs {
      guard let number = host.device(at: path)?.group.value else { continue }
      setOwnership(of: number, to: .unclaimed)
    }
    return hold
  }

  /// Everything that the holder holds is closed, and nothing that waited for it goes on.
  package mutating func close(_ holder: HolderName) { letGo(holder) }

  /// Ends the unbinds of devices that the holder used and that are not in use any more.
  ///
  /// Up to 5.18 the last device of a group also waits for the group's container, so the members of
  /// the groups in its container count too.
  fileprivate mutating func completePending(after hold: Hold) -> Completion {
    var devices = Array(hold.devices.union(hold.cdevs))
    for group in hold.containerGroups.compactMap(host.group) {
      devices += group.members.map(\.device)
    }
    var ended = Completion()
    for unbind in difference.pending.all(of: Set(devices)) where unbind.cause != .observed {
      guard let device = host.device(at: unbind.device), !isInUse(device) else { continue }
      note(.device(unbind.device))
      difference.pending.remove(unbind.device)
      release(device)
      ended.devices.append(device.path)
      guard unbind.cause == .write else { continue }
      ended.operations.append(
        EndedOperation(
          operation: .unbind(device.path), verdict: .accepted, call: .unbind, dependsOn: []))
      ended.effects.append(.unbindCompleted(device.name, unbind.driver))
    }
    return ended
  }

  private func isInUse(_ device: Device) -> Bool {
    if difference.holds.user(of: device.path) != nil { return true }
    return group(of: device).map { waitingContainer(in: $0) != nil } ?? false
  }

  /// What waited for a device's lock begins; what has to wait again, for the same device or another,
  /// does so.
  fileprivate mutating func resumeWaiting(for devices: [HostPath]) -> Completion {
    var ended = Completion()
    var freed = devices
    while !freed.isEmpty {
      for device in freed { note(.device(device)) }
      let operations = difference.waiting.take(waitingFor: freed)
      freed = []
      for operation in operations {
        let earlier = self
        let transition = resume(operation)
        self = transition.state
        add(changesOf: earlier)
        let answer = transition.answer
        guard answer.verdict != .blocks else { continue }
        ended.operations.append(
          EndedOperation(
            operation: operation, verdict: answer.verdict, call: answer.call,
            dependsOn: answer.doubts))
        ended.effects.append(.waitingEnded(answer.call, answer.verdict, answer.reason))
        // Its writer held the physical function's lock.
        if case .numVFs(let function, _) = operation { freed.append(function) }
      }
    }
    return ended
  }

  /// A second unbind found the device bound when it began, and finds nothing left to do: success
  /// (dd.c:device_release_driver_internal).
  private func resume(_ operation: Operation) -> Transition {
    if case .unbind(let path) = operation, let device = host.device(at: path),
      driver(of: device).isAbsent, case .free = lock(of: device)
    {
      return Step(operation: operation, before: self)
        .accepted(.unbind, .firstUnbindLeftNothing, state: self)
    }
    return KernelModel.apply(operation, to: self)
  }
}

/// What waited and is over now.
private struct Completion {
  /// Those whose unbind ended, removed VFs among them.
  var devices: [HostPath] = []
  var operations: [EndedOperation] = []
  var effects: [Effect] = []

  mutating func append(_ other: Completion) {
    operations += other.operations
    effects += other.effects
  }
}
