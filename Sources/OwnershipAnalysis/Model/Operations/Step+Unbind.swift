import HashTreeCollections
import HostModel

extension Step {
  /// Write to the bound driver's `unbind` (kernel-rules §4.2, §9.2; bus.c:unbind_store).
  func unbind(_ path: HostPath) -> Transition {
    guard let device = device(path) else {
      return refused(.unbind, .noSuchDevice, .noSuchDevice)
    }
    if case .held(let reason) = before.lock(of: device) {
      return waits(.unbind, reason, for: path)
    }
    switch before.driver(of: device) {
    case .absent:
      return wait(for: device, at: .unbind)
        ?? refused(.unbind, .noSuchDevice, .hasNoDriver(device.name))
    case .unread(let failure):
      return undetermined(.unbind, .unread(.driver(device.name), failure))
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
      state.add(PendingUnbind(device: device.path, driver: driver))
      return blocks(
        .unbind, rule: .unbindInProgress, .unbindWaits(device.name, user), state: state)
    case .unknown(let doubt): return undetermined(.unbind, doubt, rule: .unbindInProgress)
    }
  }

  private func release(_ device: Device, from driver: DriverName) -> Transition {
    var state = before
    var dependsOn: [Doubt] = []
    if let count = before.virtualFunctionCount(of: device), count > 0 {
      switch before.assessment(of: device).policy {
      case .vfio:
        // vfio-pci switches SR-IOV off first (§6.4).
        if let answer = state.removeVirtualFunctions(of: device, for: self, at: .unbind) {
          return answer
        }
      case .kernel("igb", _):
        // Its remove function disables SR-IOV (igb_main.c:igb_remove, §6.4).
        if let answer = state.removeVirtualFunctions(of: device, for: self, at: .unbind) {
          return answer
        }
      case .kernel("pci-pf-stub", _):
        break  // It has no remove function, so that the VFs stay (drivers/pci/pci-pf-stub.c).
      case .kernel, .unread:
        state.setVirtualFunctionsDoubtful(of: device.path, to: true)
        dependsOn.append(.assumed(.leavesVirtualFunctions(driver, count, device.name)))
      case .none, .stub, .infrastructure: break
      }
    }
    state.release(device)
    return accepted(
      .unbind, .isUnbound(device.name, driver), dependsOn: dependsOn, state: state)
  }
}
