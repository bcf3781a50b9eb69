import HostModel

/// Whether an operation that waits holds a device's lock, for as long as a virtual machine may run
/// (kernel-rules §8.4, §9.2).
enum DeviceLock {
  case free
  case held(String)
  case unknown(String)
}

extension KernelState {
  /// By what waits in the sequence, else by what the host shows of an unbind under way.
  func lock(of device: Device) -> DeviceLock {
    if pending.contains(where: { $0.device == device.path }) {
      return .held("an unbind of \(device.name) waits for its user and holds the device's lock")
    }
    let isShrinking = waiting.contains {
      if case .numVFs(device.path, _) = $0 { true } else { false }
    }
    if isShrinking {
      return .held("a write to sriov_numvfs of \(device.name) waits and holds the device's lock")
    }
    guard !isTouched(device), device.driver.isAbsent else { return .free }
    return observedLock(of: device)
  }

  /// The driver link goes at the start of an unbind, and the group's node stays (§8.1, §13 cases
  /// 23 and 34). Up to 6.0 an old group file keeps the node too, and of several driverless members
  /// any may be the one. The node is the capture's, and so are the members to hold it against.
  private func observedLock(of device: Device) -> DeviceLock {
    guard let group = group(of: device),
      UnbindSigns(in: group, members: observedMembers(of: group), host: host).hasNodeOfNobody
    else { return .free }
    return .unknown(
      "/dev/vfio/\(group.number) is there though no member is on a VFIO driver: if an unbind of "
        + "\(device.name) waits, it holds the device's lock")
  }
}
