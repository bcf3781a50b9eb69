import HostModel

extension Step {
  /// Write to `drivers_probe` (kernel-rules §4.3; bus.c:drivers_probe_store, dd.c:__device_attach).
  ///
  /// It answers success when nothing was bound, and EINVAL for an ownership conflict.
  func probe(_ path: HostPath) -> Transition {
    guard let device = device(path) else {
      return refused(.driversProbe, .noSuchDevice, "there is no such device")
    }
    switch before.driver(of: device) {
    case .value(let driver):
      return accepted(
        .driversProbe, "\(device.name) is bound to \(driver) already: nothing changes",
        state: before)
    case .unread(let failure):
      return undetermined(
        .driversProbe, ["the driver of \(device.name) could not be read: \(failure)"])
    case .absent: break
    }
    switch before.lock(of: device) {
    case .free: break
    case .held(let reason):
      return accepted(
        .driversProbe,
        "the kernel still takes \(device.name) as bound, and nothing changes: "
          + reason, rule: .unbindInProgress, state: before)
    case .unknown(let reason):
      return undetermined(.driversProbe, [reason], rule: .unbindInProgress)
    }
    return attach(device)
  }

  /// The first driver of the bus that matches decides (§4.3); in which order they registered
  /// cannot be read.
  private func attach(_ device: Device) -> Transition {
    let (matching, possible) = before.candidates(for: device)
    // A driver whose probe fails leaves the device to the next one, whichever comes first.
    let certain = matching.count == 1 ? matching : matching.filter { !probeFails(device, $0) }
    if certain.count > 1, let answer = sharedConflict(device, certain) { return answer }
    if certain.contains(KernelState.port) {
      var answer = answer(device, KernelState.port, possible)
      let others = certain.filter { $0 != KernelState.port }
      if !others.isEmpty {
        answer.dependsOn.append(
          "\(device.name) is a PCI Express port; if not, \(Phrase.drivers(others)) comes next")
      }
      return answer
    }
    guard certain.count < 2, possible.isEmpty || certain.count == 1 else {
      return undetermined(
        .driversProbe, [doubt(about: device, certain: certain, possible: possible)])
    }
    guard let driver = certain.first ?? matching.first else {
      return accepted(
        .driversProbe, "no registered driver matches \(device.name): nothing is bound",
        rule: .driverDoesNotMatch, state: before)
    }
    return answer(device, driver, possible)
  }

  /// What the one driver that takes the device answers.
  private func answer(
    _ device: Device, _ driver: DriverName, _ possible: [DriverName]
  ) -> Transition {
    var answer = answer(to: Attachment(device, to: driver, in: before), device, driver)
    if !possible.isEmpty {
      answer.dependsOn.append(
        "no id that was written to new_id earlier gives \(device.name) to "
          + Phrase.drivers(possible))
    }
    return answer
  }

  private func probeFails(_ device: Device, _ driver: DriverName) -> Bool {
    if case .probeFailed = Attachment(device, to: driver, in: before) { true } else { false }
  }

  /// Whichever of them comes first, the group's owner refuses it.
  private func sharedConflict(_ device: Device, _ drivers: [DriverName]) -> Transition? {
    var last: Transition?
    for driver in drivers {
      let attachment = Attachment(device, to: driver, in: before)
      guard case .conflict = attachment else { return nil }
      last = answer(to: attachment, device, driver)
    }
    return last
  }

  private func doubt(
    about device: Device, certain: [DriverName], possible: [DriverName]
  ) -> String {
    let drivers = Phrase.drivers(certain + possible)
    let why =
      if before.host.moduleAliases.value == nil {
        "may match, and without modules.alias no ids are known"
      } else if possible.isEmpty {
        "match, and the first that was registered takes it"
      } else {
        "may match, \(Phrase.drivers(possible)) by an id that was written to new_id earlier"
      }
    return "which driver takes \(device.name) cannot be read: \(drivers) \(why)"
  }

  private func answer(
    to attachment: Attachment, _ device: Device, _ driver: DriverName
  ) -> Transition {
    switch attachment {
    case .conflict(_, let rule, let reason):
      return refused(.driversProbe, .invalid, rule: rule, reason)
    case .probeFailed(let errno, let rule, let reason):
      return accepted(
        .driversProbe,
        "nothing is bound, and the write succeeds all the same: the probe of "
          + "\(driver) answers \(errno), since \(reason)", rule: rule, state: before)
    case .bound, .crashes, .undetermined:
      return answer(to: attachment, device, driver, at: .driversProbe)
    }
  }
}
