import HostModel
import OwnershipAnalysis

extension KernelState {
  /// Takes over what was recorded of a step whose answer the model did not have, so that the rest
  /// of the sequence still counts.
  mutating func follow(
    _ step: RecordedStep, operation: OwnershipAnalysis.Operation?,
    drivers: [DeviceName: DriverName?]
  ) {
    for ended in step.ended { end(ended) }
    for device in step.lostDevices.flatMap(host.devices) { remove(device) }
    for device in host.devices where !isRemoved(device.path) {
      guard let recorded = drivers[device.name], driver(of: device).value != recorded else {
        continue
      }
      if let recorded { bind(device, to: recorded) } else { release(device) }
    }
    guard let operation else { return }
    switch step.answer {
    case .accepted: accept(operation)
    case .blocks: wait(for: operation)
    case .crashes: difference.isCrashed = true
    case .refused, nil: break
    }
  }

  private mutating func end(_ ended: RecordedStep.Ended) {
    guard let script = try? OperationScript([ended.operation], on: host),
      let operation = script.steps.first?.operation
    else { return }
    difference.waiting.remove(operation)
    if case .unbind(let device) = operation { difference.pending.remove(device) }
    if ended.answer == .accepted { accept(operation) }
  }

  private mutating func wait(for operation: OwnershipAnalysis.Operation) {
    guard case .unbind(let path) = operation, let device = host.device(at: path),
      let driver = device.driver.value
    else {
      // A recording says that it waits, not for which device: one whose unbind does.
      let pending = difference.pending.all.map(\.device)
      if let device = pending.first(where: { $0 == operation.device }) ?? pending.first {
        difference.waiting.add(operation, for: device)
      }
      return
    }
    add(PendingUnbind(device: path, driver: driver))
  }

  /// What an accepted operation leaves behind, bindings apart.
  private mutating func accept(_ operation: OwnershipAnalysis.Operation) {
    switch operation {
    case .override(let path, let driver):
      if let device = host.device(at: path) { setOverride(of: device, to: driver) }
    case .newID(let driver, let id): addID(id, to: driver)
    case .removeID(let driver, let id):
      removeID(id, from: driver, isLast: true)
    case .open(let devices, let holder): hold(devices, holder)
    case .openNode(let group, let holder):
      if let holder { difference.holds.add(node: group, to: holder) }
    case .openCdev(let devices, let holder): holdNodes(of: devices, holder)
    case .close(let holder):
      close(holder)
    case .numVFs(let device, let count): setVirtualFunctionCount(of: device, to: count)
    case .groupType, .bind, .unbind, .probe, .modprobe, .rmmod, .write: break
    }
  }

  private mutating func hold(_ devices: [HostPath], _ holder: HolderName?) {
    guard let holder else { return }
    for path in devices {
      difference.holds.add(device: path, to: holder)
      guard let number = host.device(at: path)?.group.value else { continue }
      difference.holds.add(container: number, to: holder)
      setOwnership(of: number, to: .container(holder))
    }
  }

  private mutating func holdNodes(of devices: [HostPath], _ holder: HolderName?) {
    guard let holder else { return }
    for path in devices {
      difference.holds.add(cdev: path, to: holder)
      guard let number = host.device(at: path)?.group.value else { continue }
      setOwnership(of: number, to: .iommufd(holder))
    }
  }
}
