import HostModel

extension Step {
  /// Write to `driver_override` (kernel-rules §4.5): any text is accepted, nothing is bound.
  func override(_ path: HostPath, _ driver: DriverName?) -> Transition {
    guard let device = device(path) else {
      return refused(.driverOverride, .noSuchFile, "there is no such device")
    }
    let takesNoLock = behavior.has(
      device.bus == .pci ? .pciOverrideWithoutLock : .platformOverrideWithoutLock)
    if !takesNoLock, let answer = wait(for: device, at: .driverOverride) { return answer }
    var state = before
    state.setOverride(of: device, to: driver)
    let reason =
      driver.map { "only \($0) can bind \(device.name) from now on" }
      ?? "\(device.name) can be bound by any driver that matches"
    return accepted(.driverOverride, reason, dependsOn: [], state: state)
  }
}
