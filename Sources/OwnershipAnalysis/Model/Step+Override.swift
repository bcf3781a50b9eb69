import HostModel

extension Step {
  /// Write to `driver_override` (kernel-rules §4.5): any text is accepted, nothing is bound.
  func override(_ path: HostPath, _ driver: DriverName?) -> Transition {
    guard let device = device(path) else {
      return refused(.driverOverride, .noSuchFile, "there is no such device")
    }
    if before.pending.contains(where: { $0.device == path }) {
      let lockFree = behavior.presence(
        of: device.bus == .pci ? .pciOverrideWithoutLock : .platformOverrideWithoutLock)
      guard lockFree == .yes else {
        return blocks(
          .driverOverride, rule: "unbind-in-progress",
          "an unbind of \(device.name) waits and holds the device's lock", state: before)
      }
    }
    var state = before
    state.setOverride(of: device, to: driver)
    let reason =
      driver.map { "only \($0) can bind \(device.name) from now on" }
      ?? "\(device.name) can be bound by any driver that matches"
    return accepted(.driverOverride, reason, dependsOn: [], state: state)
  }
}
