import HashTreeCollections
package import HostModel

/// Whether the device of a VFIO driver is held open.
enum DeviceUse {
  case closed
  case open(by: DeviceUser)
  case unknown(Doubt)
}

extension KernelState {
  /// What an unbind would wait for (kernel-rules §9.2).
  func use(of device: Device) -> DeviceUse {
    let member = assessment(of: device)
    if member.policy.failure != nil, let doubt = member.driverDoubt { return .unknown(doubt) }
    guard member.policy.isVFIO else { return .closed }
    if let holder = difference.holds.user(of: device.path) { return .open(by: .holder(holder)) }
    let takesInterrupts = host.interrupts.value?.vfioDevices.contains(device.name) == true
    if takesInterrupts, !isTouched(device) {
      return .open(by: .takesInterrupts)
    }
    guard let group = group(of: device) else { return .closed }
    if let container = waitingContainer(in: group) { return .open(by: container) }
    if ownership(of: group.number) == .unknown, waitsForContainer(group) {
      return .unknown(.useUnseen(group.number))
    }
    // What the sequence itself bound has no other user.
    guard !isTouched(device) else { return .closed }
    let ownership = ownership(of: group.number)
    guard ownership == .somebody || ownership == .unknown else { return .closed }
    // vfio-pci enables a function when it is opened and disables it on close; who only has its
    // node in /dev/vfio/devices open has not enabled it yet.
    if device.activity.enableCount.value == 0, !mayHaveOpenNode(device) { return .closed }
    if ownership == .somebody, device.activity.looksOpen {
      return .open(by: .keepsAwake)
    }
    if let isOpen = difference.settled[.open(device.path)] {
      return isOpen ? .open(by: .process) : .closed
    }
    return .unknown(
      .openUnseen(device.name, group.number, isGroupInUse: ownership == .somebody))
  }

  /// Some device's node is held, and whether it is this one's could not be read.
  private func mayHaveOpenNode(_ device: Device) -> Bool {
    device.vfioDevices.failure != nil
      && host.vfio.openFiles.files.contains {
        if case .deviceNode = $0.target { true } else { false }
      }
  }

  /// Up to 5.18 the last vfio device of a group also waits for the container to be detached.
  func waitingContainer(in group: IOMMUGroup) -> DeviceUser? {
    guard waitsForContainer(group) else { return nil }
    switch ownership(of: group.number) {
    case .container(let name): return .holder(name)
    case .somebody: return .container
    case .unclaimed, .iommufd, .unknown: return nil
    }
  }

  private func waitsForContainer(_ group: IOMMUGroup) -> Bool {
    behavior.regime == .viabilityAtOpen && registeredCount(in: group) == 1
  }

  /// Unbinds and, with the last vfio device of a group, lets the kernel revoke it (§9.2, F11).
  package mutating func release(_ device: Device) {
    let wasRegistered =
      assessment(of: device).policy.isVFIO || driver(of: device).isAbsent
    unbind(device)
    guard wasRegistered, let group = group(of: device), behavior.has(.lastUnbindReleasesClaim),
      registeredCount(in: group) == 0
    else { return }
    if ownership(of: group.number) != .unclaimed {
      setOwnership(of: group.number, to: .unclaimed)
    }
    revokeHolds(of: group.number)
  }
}
