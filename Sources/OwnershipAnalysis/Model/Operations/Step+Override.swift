import HostModel

extension Step {
  /// Write to `driver_override` (kernel-rules §4.5): any text is accepted, nothing is bound.
  func override(_ path: HostPath, _ driver: DriverName?) -> Transition {
    guard let device = device(path) else {
      return refused(.driverOverride, .noSuchFile, .noSuchDevice)
    }
    switch behavior.readsOverrideWithoutLock(on: device.bus) {
    case .yes: break
    case .no: if let answer = wait(for: device, at: .driverOverride) { return answer }
    case .unread:
      if let answer = wait(for: device, at: .driverOverride) {
        return undetermined(
          .driverOverride, .unstudied(.ambaOverrideWithoutLock, of: answer.answer.reason),
          rule: .unbindInProgress)
      }
    }
    var state = before
    state.setOverride(of: device, to: driver)
    let reason = driver.map { Reason.onlyDriver($0, device.name) } ?? .anyDriver(device.name)
    return accepted(.driverOverride, reason, state: state)
  }
}
