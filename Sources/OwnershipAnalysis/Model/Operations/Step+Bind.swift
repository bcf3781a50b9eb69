import HostModel

extension Step {
  /// Write to `drivers/DRIVER/bind` (kernel-rules §4.1, §11.1; bus.c:bind_store).
  func bind(_ path: HostPath, _ driver: DriverName) -> Transition {
    guard let device = device(path) else {
      return refused(.bind, .noSuchDevice, .noSuchDevice)
    }
    if let answer = missing(driver, on: device.bus, at: .bind) { return answer }
    if let answer = bindToBoundDevice(device, driver) { return answer }
    switch before.match(device, with: driver) {
    case .no:
      return refused(.bind, .noSuchDevice, rule: .driverDoesNotMatch, mismatch(device, driver))
    case .unknown(let doubt): return undetermined(.bind, doubt, rule: .driverDoesNotMatch)
    case .yes: break
    }
    if let answer = bindToBusyDevice(device) { return answer }
    return bindOutcome(of: DriverAttachment(device, to: driver, in: before), device, driver)
  }

  /// Up to 5.12 a device that has a driver answers ENODEV, whether or not the other matches.
  private func bindToBoundDevice(_ device: Device, _ driver: DriverName) -> Transition? {
    guard let current = before.driver(of: device).value,
      behavior.presence(of: .bindReturnsProbeError) == .no
    else { return nil }
    return refused(.bind, .noSuchDevice, rule: .alreadyBound, .isBound(device.name, current))
  }

  private func mismatch(_ device: Device, _ driver: DriverName) -> Reason {
    if let wanted = before.override(of: device).value?.driver {
      return .overrideNamesOther(device.name, named: wanted, asked: driver)
    }
    return .doesNotMatch(driver, device.name)
  }

  /// Bound already, or in the middle of an unbind that waits; the driver matches.
  private func bindToBusyDevice(_ device: Device) -> Transition? {
    let returnsErrors = behavior.presence(of: .bindReturnsProbeError)
    if let current = before.driver(of: device).value {
      let reason = Reason.isBound(device.name, current)
      guard returnsErrors == .unread else {
        return refused(.bind, .busy, rule: .alreadyBound, reason)
      }
      return undetermined(.bind, .errnoByKernel(reason, .busy), rule: .alreadyBound)
    }
    if let failure = before.driver(of: device).failure {
      return undetermined(.bind, .unread(.driver(device.name), failure))
    }
    // Until the unbind ends the kernel still sees the old driver.
    guard case .held(let reason) = before.lock(of: device), returnsErrors == .no else {
      return wait(for: device, at: .bind)
    }
    return refused(.bind, .noSuchDevice, rule: .unbindInProgress, reason)
  }

  /// What the writer of `bind` sees.
  private func bindOutcome(
    of attachment: DriverAttachment, _ device: Device, _ driver: DriverName
  ) -> Transition {
    guard case .probeFailed(let errno, let rule, let reason) = attachment else {
      return outcome(of: attachment, device, driver, at: .bind)
    }
    guard let seen = behavior.bindErrno(ofFailedProbe: errno) else {
      return undetermined(.bind, .errnoByKernel(reason, errno), rule: rule)
    }
    return refused(.bind, seen, rule: rule, reason)
  }
}
