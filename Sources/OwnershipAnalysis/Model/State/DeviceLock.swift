import HashTreeCollections
import HostModel

/// Whether an operation that waits holds a device's lock, for as long as a virtual machine may run
/// (kernel-rules §8.4, §9.2).
enum DeviceLock {
  case free
  case held(Reason)
  case unknown(Doubt)
}

extension KernelState {
  /// By what waits in the sequence, else by what the host shows of an unbind under way.
  func lock(of device: Device) -> DeviceLock {
    if difference.pending[device.path] != nil { return .held(.unbindHoldsLock(device.name)) }
    if difference.waiting.isResizing(device.path) { return .held(.numVFsHoldsLock(device.name)) }
    guard !isTouched(device), device.driver.isAbsent else { return .free }
    return observedLock(of: device)
  }

  /// The driver link goes at the start of an unbind, and the group's node stays (§8.1, §13 cases
  /// 23 and 34). Up to 6.0 an old group file keeps the node too, and of several driverless members
  /// any may be the one. The node is the capture's, and so are the members to hold it against.
  private func observedLock(of device: Device) -> DeviceLock {
    guard let number = device.group.value, mayHaveNodeOfNobody(number) else { return .free }
    if let isLocked = difference.settled[.locked(device.path)] {
      return isLocked ? .held(.unbindHoldsLock(device.name)) : .free
    }
    return .unknown(.lockUnseen(device.name, number))
  }

  /// Of a group that is not listed only the node is known.
  private func mayHaveNodeOfNobody(_ group: GroupNumber) -> Bool {
    host.group(group) == nil
      ? host.hasNode(group) == .value(true) : modelled.groupsWithNodeOfNobody.contains(group)
  }
}
