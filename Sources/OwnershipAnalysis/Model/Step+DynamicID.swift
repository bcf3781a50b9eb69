import HostModel

extension Step {
  /// Write to `drivers/DRIVER/new_id` (kernel-rules §4.4; pci-driver.c:new_id_store).
  ///
  /// The driver then attaches to every unbound device that matches; their errors are swallowed.
  func newID(_ driver: DriverName, _ id: PCIIDPair) -> Transition {
    switch before.isRegistered(driver, on: .pci) {
    case false:
      return refused(
        .newID, .noSuchFile, rule: "stale-override", "no driver \(driver) is registered on bus pci")
    case nil: return undetermined(.newID, ["the drivers of bus pci could not be read"])
    case true: break
    }
    if isStatic(id, of: driver) {
      return refused(.newID, .exists, "\(driver) has \(id) in its own table")
    }
    if before.dynamicIDs[driver]?.contains(id) == true,
      behavior.presence(of: .newIDRefusesDuplicates) != .no
    {
      return refused(.newID, .exists, "\(id) was added to \(driver) before")
    }
    var state = before
    state.dynamicIDs[driver, default: []].insert(id)
    return attachToAll(driver, id, in: state)
  }

  /// Write to `drivers/DRIVER/remove_id` (kernel-rules §4.5): unbinds nothing.
  func removeID(_ driver: DriverName, _ id: PCIIDPair) -> Transition {
    guard before.isRegistered(driver, on: .pci) != false else {
      return refused(
        .removeID, .noSuchFile, rule: "stale-override",
        "no driver \(driver) is registered on bus pci")
    }
    guard before.dynamicIDs[driver]?.contains(id) == true else {
      return undetermined(
        .removeID, ["whether \(id) was added to \(driver) before cannot be read; if not, ENODEV"])
    }
    var state = before
    state.dynamicIDs[driver]?.remove(id)
    return accepted(.removeID, "\(driver) no longer matches \(id)", state: state)
  }

  /// Override-only entries, which all VFIO drivers have from 5.15, do not count (§4.4).
  private func isStatic(_ id: PCIIDPair, of driver: DriverName) -> Bool {
    let module = before.moduleName(of: driver)
    return (before.host.moduleAliases.value ?? []).contains {
      $0.module == module && !$0.isOverrideOnly && $0.vendor == id.vendor && $0.device == id.device
        && !$0.hasSubsystem
    }
  }

  private func attachToAll(
    _ driver: DriverName, _ id: PCIIDPair, in start: KernelState
  ) -> Transition {
    var state = start
    var told: [String] = []
    var dependsOn: [String] = []
    for device in start.host.devices where device.bus == .pci {
      guard device.identity.value?.vendor == id.vendor, device.identity.value?.device == id.device,
        state.driver(of: device).isAbsent, state.match(device, with: driver) == .yes
      else { continue }
      switch Attachment(device, to: driver, in: state) {
      case .bound(let next, let assumptions):
        state = next
        dependsOn += assumptions
        told.append("\(device.name) is bound to \(driver)")
      case .ownershipConflict(_, _, let reason):
        told.append("\(device.name) stays without a driver, silently: \(reason)")
      case .probeFailed(let errno, _, let reason):
        told.append("\(device.name) stays without a driver (\(errno)): \(reason)")
      case .crashes(let reason): return crashes(.newID, reason)
      case .undetermined(let reasons): dependsOn += reasons
      }
    }
    let reason = "the id is added whatever becomes of the devices"
    var answer = accepted(.newID, reason, dependsOn: dependsOn, state: state)
    answer.effects = told + answer.effects
    return answer
  }
}
