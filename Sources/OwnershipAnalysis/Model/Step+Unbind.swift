import HostModel

extension Step {
  /// Write to the bound driver's `unbind` (kernel-rules §4.2, §9.2; bus.c:unbind_store).
  func unbind(_ path: HostPath) -> Transition {
    guard let device = device(path) else {
      return refused(.unbind, .noSuchDevice, "there is no such device")
    }
    if case .held(let reason) = before.lock(of: device) {
      return waits(.unbind, reason)
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
    case .closed: return release(device, from: driver)
    case .open(let user):
      var state = before
      state.unbind(device)
      state.pending.append(PendingUnbind(device: device.path, driver: driver))
      return blocks(
        .unbind, rule: .unbindInProgress,
        "\(device.name) is in use by \(user): the unbind waits until it is released", state: state)
    case .unknown(let reason):
      return undetermined(.unbind, [reason], rule: .unbindInProgress)
    }
  }

  private func release(_ device: Device, from driver: DriverName) -> Transition {
    var state = before
    var dependsOn: [String] = []
    if let count = before.virtualFunctionCount(of: device), count > 0 {
      switch before.assessment(of: device).policy {
      case .vfio:
        // vfio-pci switches SR-IOV off first (§6.4).
        if let answer = state.removeVirtualFunctions(of: device, for: self, at: .unbind) {
          return answer
        }
      case .kernel("pci-pf-stub", _):
        break  // It has no remove function, so that the VFs stay (drivers/pci/pci-pf-stub.c).
      case .kernel:
        state.doubtfulVirtualFunctions.insert(device.path)
        dependsOn.append("\(driver) leaves the \(count) VFs of \(device.name) as they are")
      case .none, .stub, .infrastructure: break
      }
    }
    state.release(device)
    return accepted(
      .unbind, "\(device.name) is unbound from \(driver)", dependsOn: dependsOn, state: state)
  }
}
