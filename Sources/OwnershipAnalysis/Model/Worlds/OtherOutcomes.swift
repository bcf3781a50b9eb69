import HostModel

extension Transition {
  /// What the kernel does instead where something is not so that the answer takes for granted.
  ///
  /// Operations on all devices of a driver are left to ``Sweep``.
  func otherOutcomes(of operation: Operation, from before: KernelState) -> [Transition] {
    guard !operation.isBulk else { return [] }
    return answer.dependsOn.flatMap { otherOutcomes(unless: $0, of: operation, from: before) }
  }

  private func otherOutcomes(
    unless doubt: Doubt, of operation: Operation, from before: KernelState
  ) -> [Transition] {
    guard case .assumed(let assumption) = doubt else {
      return [refused([], unless: doubt, before)]
    }
    switch assumption {
    case .busIgnoresRefusal, .containerIsOfVFIO: return []  // The state is the same either way.
    case .probeAccepts, .coherentDMA:
      if case .probe = operation { return [other(.accepted, unless: doubt, before.untouched)] }
      return [refused([], unless: doubt, before)]
    case .noPrivateDomain:
      let errno: ErrorNumber = if case .probe = operation { .invalid } else { .busy }
      return [refused([errno], unless: doubt, before)]
    case .noEarlierID(let name, let drivers), .isPort(let name, otherwise: let drivers):
      return drivers.map { bound(name, to: $0, unless: doubt, of: operation, before) }
    case .leavesVirtualFunctions:
      return [withoutVirtualFunctions(unless: doubt, of: operation, before)]
    case .supportsSRIOV: return [refused([.noSuchFile], unless: doubt, before)]
    case .domainTypeAllowed: return [refused([.invalid], unless: doubt, before)]
    case .callerHasRawIO:
      return [refused([.operationNotPermitted], unless: doubt, before)]
    case .doesNotMatch, .idNotAddedBefore, .idNotInTable, .tableHasPlainEntry, .noOtherModuleUses:
      return [refused([], unless: doubt, before)]
    }
  }

  private func refused(
    _ errnos: [ErrorNumber], unless doubt: Doubt, _ before: KernelState
  ) -> Transition {
    other(.refused(withOneOf: errnos), unless: doubt, before.untouched)
  }

  private func other(_ verdict: Verdict, unless doubt: Doubt, _ state: KernelState) -> Transition {
    Transition(
      Answer(
        verdict: verdict, call: answer.call, rule: nil, reason: .notAsAssumed(doubt),
        dependsOn: [], effects: []), state)
  }

  private func bound(
    _ name: DeviceName, to driver: DriverName, unless doubt: Doubt, of operation: Operation,
    _ before: KernelState
  ) -> Transition {
    var state = before.untouched
    guard let device = operation.device.flatMap(state.host.device), device.name == name else {
      return other(.accepted, unless: doubt, state)
    }
    state.bind(device, to: driver)
    return other(.accepted, unless: doubt, state)
  }

  private func withoutVirtualFunctions(
    unless doubt: Doubt, of operation: Operation, _ before: KernelState
  ) -> Transition {
    let step = Step(operation: operation, before: before)
    var after = before.untouched
    guard let device = operation.device.flatMap(after.host.device) else {
      return other(.accepted, unless: doubt, after)
    }
    if let waiting = after.removeVirtualFunctions(of: device, for: step, at: .unbind) {
      return waiting
    }
    after.release(device)
    return other(.accepted, unless: doubt, after)
  }
}
