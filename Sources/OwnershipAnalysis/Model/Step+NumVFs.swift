import HostModel

extension Step {
  /// Write to `sriov_numvfs` (kernel-rules §6.4; iov.c:sriov_numvfs_store).
  func numVFs(_ path: HostPath, _ count: Int) -> Transition {
    guard let device = device(path), case .physical(let function) = device.sriov,
      let current = before.virtualFunctionCount(of: device)
    else {
      return refused(
        .sriovNumVFs, .noSuchFile, rule: .pfWithVFs,
        "the device is no SR-IOV physical function")
    }
    guard let total = function.totalVFs.value else {
      return undetermined(.sriovNumVFs, ["sriov_totalvfs of \(device.name) could not be read"])
    }
    guard count <= total else {
      return refused(.sriovNumVFs, .outOfRange, "\(device.name) can have \(total) VFs")
    }
    if let answer = wait(for: device, at: .sriovNumVFs) { return answer }
    guard !before.doubtfulVirtualFunctions.contains(path) else {
      return undetermined(
        .sriovNumVFs,
        ["whether \(device.name) still has \(current) VFs is its former driver's secret"])
    }
    guard count != current else {
      return accepted(.sriovNumVFs, "\(device.name) has \(count) VFs already", state: before)
    }
    return configure(device, function, from: current, to: count)
  }

  private func configure(
    _ device: Device, _ function: PhysicalFunction, from current: Int, to count: Int
  ) -> Transition {
    let member = before.assessment(of: device)
    let cannot = "cannot create or remove VFs: the driver has no sriov_configure"
    switch member.policy {
    case .none:
      if let failure = before.driver(of: device).failure {
        return undetermined(
          .sriovNumVFs, ["the driver of \(device.name) could not be read: \(failure)"])
      }
      return refused(.sriovNumVFs, .noSuchFile, "\(device.name) has no driver")
    case .stub(let driver), .infrastructure(let driver):
      return refused(.sriovNumVFs, .noSuchFile, "\(driver) \(cannot)")
    case .vfio(let driver) where driver != "vfio-pci":
      return refused(.sriovNumVFs, .noSuchFile, "\(driver) \(cannot)")
    case .vfio:
      if let failure = before.host.vfio.sriovEnabled.failure {
        return undetermined(
          .sriovNumVFs, ["vfio-pci's parameter enable_sriov could not be read: \(failure)"])
      }
      guard before.host.vfio.sriovEnabled.value == true else {
        return refused(
          .sriovNumVFs, .noSuchFile, "vfio-pci makes VFs only with its parameter enable_sriov")
      }
    case .kernel: break
    }
    guard count == 0 || current == 0 else {
      return refused(
        .sriovNumVFs, .busy, rule: .pfWithVFs,
        "\(device.name) has \(current) VFs: write 0 first")
    }
    return count == 0
      ? removeVFs(of: device) : createVFs(of: device, member.policy, count)
  }

  private func createVFs(
    of device: Device, _ policy: DriverPolicy, _ count: Int
  ) -> Transition {
    var state = before
    state.virtualFunctions[device.path] = count
    let driver = policy.driver.map(\.text) ?? "its driver"
    var answer = accepted(
      .sriovNumVFs, "\(device.name) gets \(count) VFs",
      dependsOn: ["\(driver) supports SR-IOV and agrees"], state: state)
    answer.effects.append(
      "\(count) VFs of \(device.name) appear; their addresses and groups cannot be read beforehand")
    if policy.isVFIO { answer.effects.append("the new VFs get driver_override vfio-pci") }
    return answer
  }

  private func removeVFs(of device: Device) -> Transition {
    var state = before
    if let answer = state.removeVirtualFunctions(of: device, for: self, at: .sriovNumVFs) {
      return answer
    }
    var answer = accepted(.sriovNumVFs, "the VFs of \(device.name) go", state: state)
    answer.effects.insert("the VFs of \(device.name) are gone", at: 0)
    return answer
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
      if case .held(let reason) = lock(of: virtual) { return step.waits(call, reason) }
      switch use(of: virtual) {
      case .closed: break
      case .open(let user):
        let driver = driver(of: virtual).value
        unbind(virtual)
        if let driver {
          pending.append(PendingUnbind(device: path, driver: driver, cause: .removal))
        }
        return step.waits(
          call,
          "VF \(virtual.name) is in use by \(user): the write waits until it is released",
          state: self)
      case .unknown(let reason): return step.undetermined(call, [reason])
      }
      release(virtual)
      remove(virtual)
    }
    virtualFunctions[device.path] = 0
    return nil
  }
}
