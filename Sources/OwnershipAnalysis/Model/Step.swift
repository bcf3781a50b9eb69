import HostModel

/// One operation under way: the state before it, and the ways in which it can end.
struct Step {
  let operation: Operation
  let before: KernelState

  var behavior: KernelBehavior { before.behavior }

  func accepted(
    _ call: KernelCall, _ reason: String, rule: RuleSlug? = nil, dependsOn: [String] = [],
    state: KernelState
  ) -> Transition {
    end(.accepted, call, rule, reason, dependsOn: dependsOn, state: state)
  }

  func refused(
    _ call: KernelCall, _ errno: ErrorNumber, rule: RuleSlug? = nil, _ reason: String,
    dependsOn: [String] = []
  ) -> Transition {
    end(.refused(errno), call, rule, reason, dependsOn: dependsOn, state: before)
  }

  /// It has done part of its work and waits with the rest.
  func blocks(
    _ call: KernelCall, rule: RuleSlug? = nil, _ reason: String, state: KernelState
  ) -> Transition {
    end(.blocks, call, rule, reason, state: state)
  }

  /// It waits for a lock, or for a user, and then begins, or goes on.
  ///
  /// - Parameter state: what it has done already; by default nothing.
  func waits(_ call: KernelCall, _ reason: String, state: KernelState? = nil) -> Transition {
    var state = state ?? before
    state.waiting.append(operation)
    return end(.blocks, call, .unbindInProgress, reason, state: state)
  }

  func crashes(_ call: KernelCall, _ reason: String, dependsOn: [String] = []) -> Transition {
    var state = before
    state.isCrashed = true
    return end(.crashes, call, .liveGroupAutoprobe, reason, dependsOn: dependsOn, state: state)
  }

  /// The answer for a device whose lock is held, or may be; `nil` when it is free.
  func wait(for device: Device, at call: KernelCall) -> Transition? {
    switch before.lock(of: device) {
    case .free: nil
    case .held(let reason): waits(call, reason)
    case .unknown(let reason): undetermined(call, [reason], rule: .unbindInProgress)
    }
  }

  func undetermined(_ call: KernelCall, _ reasons: [String], rule: RuleSlug? = nil) -> Transition {
    end(.undetermined(reasons), call, rule, reasons.first ?? "", state: before)
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
      refused(
        call, .noSuchFile, rule: .staleOverride,
        "no driver \(driver) is registered on bus \(bus)")
    case nil: undetermined(call, ["the drivers of bus \(bus) could not be read"])
    }
  }

  private func end(
    _ verdict: Verdict, _ call: KernelCall, _ rule: RuleSlug?, _ reason: String,
    dependsOn: [String] = [], state: KernelState
  ) -> Transition {
    Transition(
      verdict: verdict, call: call, rule: rule, reason: reason, dependsOn: dependsOn,
      effects: StateChange(from: before, to: state).sentences, state: state)
  }
}
