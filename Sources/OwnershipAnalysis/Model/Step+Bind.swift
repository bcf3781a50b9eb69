import HostModel

extension Step {
  /// Write to `drivers/DRIVER/bind` (kernel-rules §4.1, §11.1; bus.c:bind_store).
  func bind(_ path: HostPath, _ driver: DriverName) -> Transition {
    guard let device = device(path) else {
      return refused(.bind, .noSuchDevice, "there is no such device")
    }
    if let answer = missing(driver, on: device.bus, at: .bind) { return answer }
    if let answer = bindToBoundDevice(device, driver) { return answer }
    switch before.match(device, with: driver) {
    case .no:
      return refused(
        .bind, .noSuchDevice, rule: .driverDoesNotMatch, mismatch(device, driver))
    case .unknown(let reason):
      return undetermined(.bind, [reason], rule: .driverDoesNotMatch)
    case .yes: break
    }
    if let answer = bindToBusyDevice(device) { return answer }
    return answer(to: Attachment(device, to: driver, in: before), device, driver)
  }

  /// Up to 5.12 a device that has a driver answers ENODEV, whether or not the other matches.
  private func bindToBoundDevice(_ device: Device, _ driver: DriverName) -> Transition? {
    guard let current = before.driver(of: device).value,
      behavior.presence(of: .bindReturnsProbeError) == .no
    else { return nil }
    return refused(
      .bind, .noSuchDevice, rule: .alreadyBound, "\(device.name) is bound to \(current)")
  }

  private func mismatch(_ device: Device, _ driver: DriverName) -> String {
    if let wanted = before.override(of: device).value?.driver {
      return "driver_override of \(device.name) names \(wanted), not \(driver)"
    }
    return "\(driver) does not match \(device.name)"
  }

  /// Bound already, or in the middle of an unbind that waits; the driver matches.
  private func bindToBusyDevice(_ device: Device) -> Transition? {
    let returnsErrors = behavior.presence(of: .bindReturnsProbeError)
    if let current = before.driver(of: device).value {
      guard returnsErrors == .unread else {
        return refused(.bind, .busy, rule: .alreadyBound, "\(device.name) is bound to \(current)")
      }
      return undetermined(
        .bind, ["\(device.name) is bound to \(current): ENODEV up to 5.12, EBUSY from 5.14"],
        rule: .alreadyBound)
    }
    if let failure = before.driver(of: device).failure {
      return undetermined(.bind, ["the driver of \(device.name) could not be read: \(failure)"])
    }
    // Until the unbind ends the kernel still sees the old driver.
    guard case .held(let reason) = before.lock(of: device), returnsErrors == .no else {
      return wait(for: device, at: .bind)
    }
    return refused(.bind, .noSuchDevice, rule: .unbindInProgress, reason)
  }

  /// What the writer of `bind` sees.
  private func answer(
    to attachment: Attachment, _ device: Device, _ driver: DriverName
  ) -> Transition {
    guard case .probeFailed(let errno, let rule, let reason) = attachment else {
      return answer(to: attachment, device, driver, at: .bind)
    }
    guard let seen = behavior.bindErrno(ofFailedProbe: errno) else {
      return undetermined(
        .bind, ["\(reason): \(behavior.bindErrnoText(ofFailedProbe: errno))"], rule: rule)
    }
    return refused(.bind, seen, rule: rule, reason)
  }
}
