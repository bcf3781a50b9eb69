import HashTreeCollections
import HostModel

extension Step {
  /// Up to 5.17 GET_DEVICE_FD of a VF whose physical function is in the same group never returns:
  /// the test of its token looks that function up under the group's lock, which the caller holds.
  /// The physical function's driver does not matter.
  func deadlock(
    _ devices: [Device], _ groups: [IOMMUGroup], by holder: HolderName?
  ) -> Transition? {
    let call = KernelCall.getDeviceFD
    guard let (device, function) = devices.lazy.compactMap(before.virtualWithItsFunction).first
    else { return nil }
    let reason = Reason.waitsForItself(virtualFunction: device.name, function: function.name)
    switch behavior.presence(of: .tokenTestTakesNoGroupLock) {
    case .yes: return nil
    case .unread: return undetermined(call, .unstudied(.tokenTestTakesNoGroupLock, of: reason))
    case .no: break
    }
    var state = before
    let name = holder ?? state.difference.holds.freshName
    // Whoever leaves the group takes the lock too.
    let registered = groups.flatMap(before.members).filter(\.policy.isVFIO).map(\.device)
    state.hold(registered, groups, by: name)
    state.changeHold(of: name) { $0.setStuck(name) }
    return blocks(call, reason, state: state)
  }

  /// Whatever a holder is asked that never returned from a call; not even its end comes.
  var answerOfStuckHolder: Transition? {
    guard let holder = operation.holder, before.difference.holds.isStuck(holder)
    else { return nil }
    let call = operation.call == .close ? KernelCall.close : .getDeviceFD
    return blocks(call, .neverReturned(holder), state: before)
  }
}

extension Operation {
  /// Who opens or closes.
  fileprivate var holder: HolderName? {
    switch self {
    case .open(_, let holder), .openNode(_, let holder), .openCdev(_, let holder): holder
    case .close(let holder): holder
    case .bind, .unbind, .override, .probe, .newID, .removeID, .numVFs, .groupType, .modprobe,
      .rmmod, .write:
      nil
    }
  }
}

extension KernelState {
  /// A VF and its physical function, when they share a group.
  fileprivate func virtualWithItsFunction(_ device: Device) -> (Device, Device)? {
    guard case .virtual(let parent) = device.sriov, let function = host.device(at: parent),
      let group = device.group.value, function.group.value == group
    else { return nil }
    return (device, function)
  }
}
