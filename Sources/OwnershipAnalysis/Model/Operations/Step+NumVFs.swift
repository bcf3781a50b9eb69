import HashTreeCollections
import HostModel

extension Step {
  /// Write to `sriov_numvfs` (kernel-rules §6.4; iov.c:sriov_numvfs_store).
  func numVFs(_ path: HostPath, _ count: Int) -> Transition {
    if let device = device(path), case .unread(let failure) = device.sriov {
      return undetermined(.sriovNumVFs, .unread(.sriovRole(device.name), failure))
    }
    guard let device = device(path), case .physical(let function) = device.sriov,
      let current = before.virtualFunctionCount(of: device)
    else {
      return refused(.sriovNumVFs, .noSuchFile, rule: .pfWithVFs, .notAPhysicalFunction)
    }
    guard let total = function.totalVFs.value else {
      return undetermined(.sriovNumVFs, .unread(.totalVFs(device.name), nil))
    }
    guard count <= total else {
      return refused(
        .sriovNumVFs, .outOfRange, .tooManyVirtualFunctions(device.name, limit: total))
    }
    if let answer = wait(for: device, at: .sriovNumVFs) { return answer }
    guard !before.difference.doubtfulVirtualFunctions.contains(path) else {
      return undetermined(.sriovNumVFs, .virtualFunctionsLeft(device.name, current))
    }
    guard count != current else {
      return accepted(
        .sriovNumVFs, .virtualFunctionsAlready(device.name, count), state: before)
    }
    return configure(device, function, from: current, to: count)
  }

  private func configure(
    _ device: Device, _ function: PhysicalFunction, from current: Int, to count: Int
  ) -> Transition {
    let member = before.assessment(of: device)
    switch member.policy {
    case .none:
      if let failure = before.driver(of: device).failure {
        return undetermined(.sriovNumVFs, .unread(.driver(device.name), failure))
      }
      return refused(.sriovNumVFs, .noSuchFile, .hasNoDriver(device.name))
    case .stub(let driver), .infrastructure(let driver):
      return refused(.sriovNumVFs, .noSuchFile, .noSRIOVConfigure(driver))
    case .vfio(let driver) where driver != "vfio-pci":
      return refused(.sriovNumVFs, .noSuchFile, .noSRIOVConfigure(driver))
    case .vfio:
      if let failure = before.parameter(.enableSRIOV).failure {
        return undetermined(.sriovNumVFs, .unread(.enableSRIOV, failure))
      }
      guard before.parameter(.enableSRIOV).value == true else {
        return refused(.sriovNumVFs, .noSuchFile, .needsEnableSRIOV)
      }
    case .unread(_, let failure):
      return undetermined(.sriovNumVFs, .unread(.registration(device.name), failure))
    case .kernel: break
    }
    guard count == 0 || current == 0 else {
      return refused(
        .sriovNumVFs, .busy, rule: .pfWithVFs, .virtualFunctionsInTheWay(device.name, current))
    }
    return count == 0
      ? removeVFs(of: device) : createVFs(of: device, member.policy, count)
  }

  private func createVFs(
    of device: Device, _ policy: DriverPolicy, _ count: Int
  ) -> Transition {
    var state = before
    state.setVirtualFunctionCount(of: device.path, to: count)
    var effects = [Effect.virtualFunctionsAppear(count, device.name)]
    if policy.isVFIO { effects.append(.virtualFunctionsGetOverride) }
    return accepted(
      .sriovNumVFs, .getsVirtualFunctions(device.name, count),
      dependsOn: [.assumed(.supportsSRIOV(policy.driver))], effects: effects, state: state)
  }

  private func removeVFs(of device: Device) -> Transition {
    var state = before
    if let answer = state.removeVirtualFunctions(of: device, for: self, at: .sriovNumVFs) {
      return answer
    }
    return accepted(
      .sriovNumVFs, .losesVirtualFunctions(device.name),
      effects: [.virtualFunctionsGone(device.name)], state: state)
  }
}

extension KernelState {
  /// Removing a VF waits for its user with the physical function's lock held (§6.4); those before
  /// it are gone then, and its driver link too.
  ///
  /// - Returns: the answer when they cannot go now; `nil` when they are gone.
  mutating func removeVirtualFunctions(
    of device: Device, for step: Step, at call: KernelCall
  ) -> Transition? {
    guard case .physical(let function) = device.sriov else { return nil }
    for path in function.virtualFunctions where !isRemoved(path) {
      guard let virtual = host.device(at: path) else { continue }
      if case .held(let reason) = lock(of: virtual) {
        return step.waits(call, reason, for: path)
      }
      switch use(of: virtual) {
      case .closed: break
      case .open(let user):
        beginRemoval(of: virtual)
        return step.waits(
          call, .removalWaits(virtualFunction: virtual.name, user), for: path, state: self)
      case .unknown(let doubt): return step.undetermined(call, doubt)
      }
      release(virtual)
      remove(virtual)
    }
    setVirtualFunctionCount(of: device.path, to: 0)
    return nil
  }

  /// The driver link of a device that is removed goes at once; the rest waits for its user.
  mutating func beginRemoval(of device: Device) {
    let driver = driver(of: device).value
    unbind(device)
    guard let driver else { return }
    add(PendingUnbind(device: device.path, driver: driver, cause: .removal))
  }
}
