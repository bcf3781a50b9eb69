import HostModel

extension Step {
  /// Write to `drivers_probe` (kernel-rules §4.3; bus.c:drivers_probe_store, dd.c:__device_attach).
  ///
  /// It answers success when nothing was bound, and EINVAL for an ownership conflict.
  func probe(_ path: HostPath) -> Transition {
    guard let device = device(path) else {
      return refused(.driversProbe, .noSuchDevice, .noSuchDevice)
    }
    switch before.driver(of: device) {
    case .value(let driver):
      return accepted(.driversProbe, .nothingChanges(device.name, driver), state: before)
    case .unread(let failure):
      return undetermined(.driversProbe, .unread(.driver(device.name), failure))
    case .absent: break
    }
    switch before.lock(of: device) {
    case .free: break
    case .held(let reason):
      return accepted(
        .driversProbe, .takenAsBound(device.name, reason), rule: .unbindInProgress, state: before)
    case .unknown(let doubt):
      return undetermined(.driversProbe, doubt, rule: .unbindInProgress)
    }
    return attach(device)
  }

  /// The first driver of the bus that matches decides (§4.3); in which order they registered
  /// cannot be read.
  private func attach(_ device: Device) -> Transition {
    guard before.knowsDrivers(for: device) else {
      return undetermined(.driversProbe, .unread(.driversOfBus(device.bus), nil))
    }
    let (matching, possible) = before.candidates(for: device)
    // A driver whose probe fails leaves the device to the next one, whichever comes first.
    let certain = matching.count == 1 ? matching : matching.filter { !probeFails(device, $0) }
    if certain.count > 1, let answer = sharedConflict(device, certain) { return answer }
    if certain.contains(KernelState.port) {
      let transition = attach(device, to: KernelState.port, possible)
      let others = certain.filter { $0 != KernelState.port }
      return others.isEmpty
        ? transition
        : transition.depending(on: [.assumed(.isPort(device.name, otherwise: others))])
    }
    guard certain.count < 2, possible.isEmpty || certain.count == 1 else {
      return undetermined(
        .driversProbe,
        .driverChoice(
          device.name, certain: certain, possible: possible,
          hasIDTables: before.host.moduleAliases.value != nil))
    }
    guard let driver = certain.first ?? matching.first else {
      return accepted(
        .driversProbe, .nothingMatches(device.name), rule: .driverDoesNotMatch, state: before)
    }
    return attach(device, to: driver, possible)
  }

  /// What the one driver that takes the device answers.
  private func attach(
    _ device: Device, to driver: DriverName, _ possible: [DriverName]
  ) -> Transition {
    let transition = probeOutcome(
      of: DriverAttachment(device, to: driver, in: before), device, driver)
    return possible.isEmpty
      ? transition
      : transition.depending(on: [.assumed(.noEarlierID(device.name, possible))])
  }

  private func probeFails(_ device: Device, _ driver: DriverName) -> Bool {
    if case .probeFailed = DriverAttachment(device, to: driver, in: before) { true } else { false }
  }

  /// Whichever of them comes first, the group's owner refuses it.
  private func sharedConflict(_ device: Device, _ drivers: [DriverName]) -> Transition? {
    var last: Transition?
    for driver in drivers {
      let attachment = DriverAttachment(device, to: driver, in: before)
      guard case .conflict = attachment else { return nil }
      last = probeOutcome(of: attachment, device, driver)
    }
    return last
  }

  /// What the writer of `drivers_probe` sees.
  private func probeOutcome(
    of attachment: DriverAttachment, _ device: Device, _ driver: DriverName
  ) -> Transition {
    switch attachment {
    case .conflict(_, let rule, let reason):
      return refused(.driversProbe, .invalid, rule: rule, reason)
    case .probeFailed(let errno, let rule, let reason):
      return accepted(
        .driversProbe, .probeFailsSilently(driver, errno, reason), rule: rule, state: before)
    case .bound, .crashes, .undetermined:
      return outcome(of: attachment, device, driver, at: .driversProbe)
    }
  }
}
