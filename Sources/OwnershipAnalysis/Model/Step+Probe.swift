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
    if before.pending.contains(where: { $0.device == path }) {
      return blocks(
        .driversProbe, rule: "unbind-in-progress",
        "an unbind of \(device.name) waits and holds the device's lock", state: before)
    }
    let (certain, possible) = before.candidates(for: device)
    guard possible.isEmpty, certain.count < 2 else {
      return undetermined(
        .driversProbe, [doubt(about: device, certain: certain, possible: possible)])
    }
    guard let driver = certain.first else {
      return accepted(
        .driversProbe, "no registered driver matches \(device.name): nothing is bound",
        rule: "driver-does-not-match", state: before)
    }
    return answer(to: Attachment(device, to: driver, in: before), device, driver)
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
    case .bound(let state, let dependsOn):
      return accepted(
        .driversProbe, "\(device.name) is bound to \(driver)", dependsOn: dependsOn, state: state)
    case .ownershipConflict(_, let rule, let reason):
      return refused(.driversProbe, .invalid, rule: rule, reason)
    case .probeFailed(let errno, let rule, let reason):
      return accepted(
        .driversProbe,
        "nothing is bound, and the write succeeds all the same: the probe of "
          + "\(driver) answers \(errno), since \(reason)", rule: rule, state: before)
    case .crashes(let reason): return crashes(.driversProbe, reason)
    case .undetermined(let reasons): return undetermined(.driversProbe, reasons)
    }
  }
}
