import HashTreeCollections
import HostModel

extension Step {
  /// Write to `drivers/DRIVER/new_id` (kernel-rules §4.4; pci-driver.c:new_id_store).
  ///
  /// The driver then attaches to every unbound device that matches, by the new id or otherwise,
  /// whatever becomes of them (dd.c:driver_attach).
  func newID(_ driver: DriverName, _ id: PCIIDPair) -> Transition {
    if let answer = missing(driver, on: .pci, at: .newID) { return answer }
    if isStatic(id, of: driver) {
      return refused(.newID, .exists, .idInTable(id, driver))
    }
    let refusesDuplicates = behavior.presence(of: .newIDRefusesDuplicates)
    if before.difference.dynamicIDs[driver]?.contains(id) == true, refusesDuplicates == .yes {
      return refused(.newID, .exists, .idAddedBefore(id, driver))
    }
    var state = before
    state.addID(id, to: driver)
    let devices = state.driverless(on: .pci).filter { state.mayMatch($0, driver) }
    let autoprobe = Autoprobe(driver, devices, in: state)
    switch autoprobe.ending {
    case .waits(let reason, let device): return waits(.newID, reason, for: device)
    case .crashes(let reason, let dependsOn):
      return crashes(.newID, reason, dependsOn: dependsOn)
    case .undetermined(let doubts): return undetermined(.newID, doubts)
    case .finished: break
    }
    return accepted(
      .newID, .idAdded,
      dependsOn: assumptions(id, driver, refusesDuplicates) + autoprobe.dependsOn,
      effects: autoprobe.effects, state: autoprobe.state)
  }

  /// Write to `drivers/DRIVER/remove_id` (kernel-rules §4.5): unbinds nothing.
  func removeID(_ driver: DriverName, _ id: PCIIDPair) -> Transition {
    if let answer = missing(driver, on: .pci, at: .removeID) { return answer }
    if before.difference.removedIDs[driver]?.contains(id) == true {
      return refused(.removeID, .noSuchDevice, .idRemovedBefore(id, driver))
    }
    guard before.difference.dynamicIDs[driver]?.contains(id) == true else {
      return undetermined(.removeID, .dynamicIDAdded(id, driver))
    }
    var state = before
    // Where an id can be added twice, another may be left.
    state.removeID(
      id, from: driver, isLast: behavior.presence(of: .newIDRefusesDuplicates) == .yes)
    return accepted(.removeID, .idRemoved(id, driver), state: state)
  }

  /// Override-only entries, which all VFIO drivers have from 5.15, do not count, nor do entries
  /// that ask for a class: the test is made with class 0 (§4.4).
  private func isStatic(_ id: PCIIDPair, of driver: DriverName) -> Bool {
    (before.index.aliases[before.moduleName(of: driver)] ?? []).contains {
      !$0.isOverrideOnly && !$0.hasSubsystem && $0.baseClass == nil && $0.subclass == nil
        && ($0.vendor ?? id.vendor) == id.vendor && ($0.device ?? id.device) == id.device
    }
  }

  /// What no file shows and the answer takes for granted.
  private func assumptions(
    _ id: PCIIDPair, _ driver: DriverName, _ refusesDuplicates: Presence
  ) -> [Doubt] {
    var assumptions: [Assumption] = []
    if refusesDuplicates != .no { assumptions.append(.idNotAddedBefore(id, driver)) }
    let kind = DriverProfiles.profile(of: driver, on: .pci, in: before.kernel.version)?.kind
    if kind != .vfio, kind != .stub {
      if before.host.moduleAliases.value == nil { assumptions.append(.idNotInTable(id, driver)) }
      assumptions.append(.tableHasPlainEntry(driver))
    }
    return assumptions.map(Doubt.assumed)
  }
}
