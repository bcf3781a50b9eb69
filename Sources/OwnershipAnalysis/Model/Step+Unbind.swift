import HostModel

extension Step {
  /// Write to the bound driver's `unbind` (kernel-rules §4.2, §9.2; bus.c:unbind_store).
  func unbind(_ path: HostPath) -> Transition {
    guard let device = device(path) else {
      return refused(.unbind, .noSuchDevice, "there is no such device")
    }
    switch before.driver(of: device) {
    case .absent:
      return refused(.unbind, .noSuchDevice, "\(device.name) has no driver")
    case .unread(let failure):
      return undetermined(.unbind, ["the driver of \(device.name) could not be read: \(failure)"])
    case .value(let driver):
      return unbind(device, from: driver)
    }
  }

  private func unbind(_ device: Device, from driver: DriverName) -> Transition {
    switch before.use(of: device) {
    case .closed:
      var state = before
      state.release(device)
      return accepted(.unbind, "\(device.name) is unbound from \(driver)", state: state)
    case .open(let user):
      var state = before
      state.unbind(device)
      state.pending.append(PendingUnbind(device: device.path, driver: driver))
      return blocks(
        .unbind, rule: "unbind-in-progress",
        "\(device.name) is in use by \(user): the unbind waits until it is released", state: state)
    case .unknown(let reason):
      return undetermined(.unbind, [reason], rule: "unbind-in-progress")
    }
  }
}

/// Whether the device of a VFIO driver is held open.
enum DeviceUse {
  case closed
  case open(by: String)
  case unknown(String)
}

extension KernelState {
  /// What an unbind would wait for (kernel-rules §9.2).
  func use(of device: Device) -> DeviceUse {
    guard assessment(of: device).policy.isVFIO else { return .closed }
    if let holder = holds.first(where: { $0.value.uses(device.path) }) {
      return .open(by: holder.key.text)
    }
    guard let group = group(of: device) else { return .closed }
    if let waiting = waitingContainer(for: device, in: group) { return .open(by: waiting) }
    // What the sequence itself bound or claimed has no other user.
    guard driver(of: device) == device.driver else { return .closed }
    switch ownership(of: group.number) {
    case .somebody:
      return .unknown(
        "group \(group.number) is in use; whether \(device.name) itself is open cannot be seen: "
          + "if it is, the unbind waits")
    case .unknown:
      return .unknown(
        "whether \(device.name) is open cannot be seen: ask as root, or give --assume-unclaimed "
          + "\(group.number)")
    case .unclaimed, .container, .iommufd: return .closed
    }
  }

  /// Up to 5.18 the last vfio device of a group also waits for the container to be detached.
  private func waitingContainer(for device: Device, in group: IOMMUGroup) -> String? {
    guard behavior.regime == .viabilityAtOpen,
      members(of: group).count(where: \.policy.isVFIO) == 1
    else { return nil }
    return holds.first { $0.value.containerGroups.contains(group.number) }?.key.text
  }

  /// Unbinds and, with the last vfio device of a group, lets the kernel revoke it (§9.2, F11).
  mutating func release(_ device: Device) {
    unbind(device)
    guard let group = group(of: device), behavior.has(.lastUnbindReleasesClaim),
      !members(of: group).contains(where: \.policy.isVFIO)
    else { return }
    setOwnership(of: group.number, to: .unclaimed)
    for name in holds.keys { holds[name]?.containerGroups.remove(group.number) }
  }
}
