import HostModel

extension Step {
  /// Write to `drivers/DRIVER/new_id` (kernel-rules §4.4; pci-driver.c:new_id_store).
  ///
  /// The driver then attaches to every unbound device that matches, by the new id or otherwise,
  /// whatever becomes of them (dd.c:driver_attach).
  func newID(_ driver: DriverName, _ id: PCIIDPair) -> Transition {
    if let answer = missing(driver, on: .pci, at: .newID) { return answer }
    if isStatic(id, of: driver) {
      return refused(.newID, .exists, "\(driver) has \(id) in its own table")
    }
    let refusesDuplicates = behavior.presence(of: .newIDRefusesDuplicates)
    if before.dynamicIDs[driver]?.contains(id) == true, refusesDuplicates == .yes {
      return refused(.newID, .exists, "\(id) was added to \(driver) before")
    }
    var state = before
    state.dynamicIDs[driver, default: []].insert(id)
    state.removedIDs[driver]?.remove(id)
    let devices = state.driverless(on: .pci).filter { state.mayMatch($0, driver) }
    let autoprobe = Autoprobe(driver, devices, in: state)
    switch autoprobe.ending {
    case .waits(let reason): return waits(.newID, reason)
    case .crashes(let reason, let dependsOn):
      return crashes(.newID, reason, dependsOn: dependsOn)
    case .finished: break
    }
    var answer = accepted(
      .newID, "the id is added whatever becomes of the devices",
      dependsOn: assumptions(id, driver, refusesDuplicates) + autoprobe.dependsOn,
      state: autoprobe.state)
    answer.effects = autoprobe.told + answer.effects
    return answer
  }

  /// Write to `drivers/DRIVER/remove_id` (kernel-rules §4.5): unbinds nothing.
  func removeID(_ driver: DriverName, _ id: PCIIDPair) -> Transition {
    if let answer = missing(driver, on: .pci, at: .removeID) { return answer }
    if before.removedIDs[driver]?.contains(id) == true {
      return refused(.removeID, .noSuchDevice, "\(id) was taken away from \(driver) before")
    }
    guard before.dynamicIDs[driver]?.contains(id) == true else {
      return undetermined(
        .removeID, ["whether \(id) was added to \(driver) before cannot be read; if not, ENODEV"])
    }
    var state = before
    state.dynamicIDs[driver]?.remove(id)
    // Where an id can be added twice, another may be left.
    if behavior.presence(of: .newIDRefusesDuplicates) == .yes {
      state.removedIDs[driver, default: []].insert(id)
    }
    return accepted(.removeID, "\(driver) no longer matches \(id)", state: state)
  }

  /// Override-only entries, which all VFIO drivers have from 5.15, do not count, nor do entries
  /// that ask for a class: the test is made with class 0 (§4.4).
  private func isStatic(_ id: PCIIDPair, of driver: DriverName) -> Bool {
    (before.index.aliases[before.moduleName(of: driver)] ?? []).contains {
      !$0.isOverrideOnly && !$0.hasSubsystem && $0.baseClass == nil && $0.subclass == nil
        && ($0.vendor ?? id.vendor) == id.vendor && ($0.device ?? id.device) == id.device
    }
  }

  /// What no file tells and the answer takes for granted.
  private func assumptions(
    _ id: PCIIDPair, _ driver: DriverName, _ refusesDuplicates: Presence
  ) -> [String] {
    var lines: [String] = []
    if refusesDuplicates != .no {
      lines.append("\(id) was not added to \(driver) before; if it was, EEXIST")
    }
    let kind = DriverProfiles.profile(of: driver, on: .pci, in: before.kernel.version)?.kind
    guard kind != .vfio, kind != .stub else { return lines }
    if before.host.moduleAliases.value == nil {
      lines.append("\(driver) does not have \(id) in its own table; if it has, EEXIST")
    }
    lines.append("an entry in \(driver)'s table has driver_data 0; if none has, EINVAL")
    return lines
  }
}
