import HostModel

/// One operation under way: the state before it, and the ways in which it can end.
struct Step {
  let operation: Operation
  let before: KernelState

  init(operation: Operation, before: KernelState) {
    self.operation = operation
    self.before = before.untouched
  }

  var behavior: KernelBehavior { before.behavior }

  /// - Parameter effects: what the operation did beside what the two states show.
  func accepted(
    _ call: KernelCall, _ reason: Reason, rule: RuleSlug? = nil, dependsOn: [Doubt] = [],
    effects: [Effect] = [], ended: [EndedOperation] = [], state: KernelState
  ) -> Transition {
    end(
      .accepted, call, rule, reason, dependsOn: dependsOn, effects: effects, ended: ended,
      state: state)
  }

  func refused(
    _ call: KernelCall, _ errno: ErrorNumber, rule: RuleSlug? = nil, _ reason: Reason
  ) -> Transition {
    end(.refused(errno), call, rule, reason, state: before)
  }

  /// It has done part of its work and waits with the rest.
  func blocks(
    _ call: KernelCall, rule: RuleSlug? = nil, _ reason: Reason, state: KernelState
  ) -> Transition {
    end(.blocks, call, rule, reason, state: state)
  }

  /// It waits for a lock, or for a user, and then begins, or goes on.
  ///
  /// - Parameters:
  ///   - device: the one whose lock it waits for.
  ///   - state: what it has done already; by default nothing.
  func waits(
    _ call: KernelCall, _ reason: Reason, for device: HostPath, state: KernelState? = nil
  ) -> Transition {
    var state = state ?? before
    state.note(.device(device))
    state.difference.waiting.add(operation, for: device)
    return end(.blocks, call, .unbindInProgress, reason, state: state)
  }

  func crashes(_ call: KernelCall, _ reason: Reason, dependsOn: [Doubt] = []) -> Transition {
    var state = before
    state.note(.kernel)
    state.difference.isCrashed = true
    return end(.crashes, call, .liveGroupAutoprobe, reason, dependsOn: dependsOn, state: state)
  }

  /// The answer for a device whose lock is held, or may be; `nil` when it is free.
  func wait(for device: Device, at call: KernelCall) -> Transition? {
    switch before.lock(of: device) {
    case .free: nil
    case .held(let reason): waits(call, reason, for: device.path)
    case .unknown(let doubt): undetermined(call, doubt, rule: .unbindInProgress)
    }
  }

  func undetermined(_ call: KernelCall, _ doubts: Doubt..., rule: RuleSlug? = nil) -> Transition {
    undetermined(call, doubts, rule: rule)
  }

  func undetermined(_ call: KernelCall, _ doubts: [Doubt], rule: RuleSlug? = nil) -> Transition {
    let reason = Reason.doubt(doubts.first ?? .kernelUnknown)
    return end(.undetermined(doubts), call, rule, reason, state: before)
  }

  /// The device of this directory; operations name only devices of the host, so that its absence
  /// means that it went away since.
  func device(_ path: HostPath) -> Device? {
    before.isRemoved(path) ? nil : before.host.device(at: path)
  }

  /// Without the driver's directory there is no file to write to; `nil` when it is registered.
  func missing(_ driver: DriverName, on bus: BusName, at call: KernelCall) -> Transition? {
    switch before.isRegistered(driver, on: bus) {
    case true: nil
    case false:
      refused(call, .noSuchFile, rule: .staleOverride, .driverNotRegistered(driver, bus))
    case nil: undetermined(call, .unread(.driversOfBus(bus), nil))
    }
  }

  private func end(
    _ verdict: Verdict, _ call: KernelCall, _ rule: RuleSlug?, _ reason: Reason,
    dependsOn: [Doubt] = [], effects: [Effect] = [], ended: [EndedOperation] = [],
    state: KernelState
  ) -> Transition {
    let answer = Answer(
      verdict: verdict, call: call, rule: rule, reason: reason, dependsOn: dependsOn,
      effects: effects + Effect.differences(from: before, to: state), ended: ended)
    return Transition(answer, state)
  }
}

extension Transition {
  /// The same with more that the answer depends on.
  func depending(on doubts: [Doubt]) -> Transition {
    Transition(
      Answer(
        verdict: answer.verdict, call: answer.call, rule: answer.rule, reason: answer.reason,
        dependsOn: answer.dependsOn + doubts, effects: answer.effects, ended: answer.ended,
        restsOn: answer.restsOn, possibilities: answer.possibilities), state)
  }
}
