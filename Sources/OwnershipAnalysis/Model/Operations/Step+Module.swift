import HashTreeCollections
import HostModel

extension Step {
  /// Loading a module: its drivers register and probe every unbound device that matches; every
  /// error of those probes is swallowed (kernel-rules §4.5).
  func modprobe(_ module: ModuleName, _ ids: [PCIIDPair]) -> Transition {
    let drivers = before.drivers(of: module)
    guard !drivers.isEmpty else {
      guard DriverlessModules.all.contains(module) else {
        return undetermined(.initModule, .driversOfModule(module))
      }
      return accepted(.initModule, .driversRegistered(module, []), state: before)
    }
    var state = before
    var effects: [Effect] = []
    var dependsOn: [Doubt] = []
    for driver in drivers where state.isRegistered(driver.name, on: driver.bus) != true {
      state.setRegistered(true, driver.name, on: driver.bus)
      // The ids of the parameter are added, and offered, after the driver has registered.
      if driver.bus == .pci { for id in ids { state.addID(id, to: driver.name) } }
      guard before.autoprobe(on: driver.bus) != .value(false) || !ids.isEmpty else {
        effects.append(.autoprobeOff(driver.bus))
        continue
      }
      let autoprobe = Autoprobe(driver.name, state.driverless(on: driver.bus), in: state)
      switch autoprobe.ending {
      case .waits(let reason, let device): return waits(.initModule, reason, for: device)
      case .crashes(let reason, let assumptions):
        return crashes(.initModule, reason, dependsOn: dependsOn + assumptions)
      case .undetermined(let doubts): return undetermined(.initModule, doubts)
      case .finished: break
      }
      state = autoprobe.state
      effects += autoprobe.effects
      dependsOn += autoprobe.dependsOn
    }
    return accepted(
      .initModule, .driversRegistered(module, drivers.map(\.name)), dependsOn: dependsOn,
      effects: effects, state: state)
  }

  /// Unloading a module: its drivers let go of their devices. A module whose device is open is in
  /// use: delete_module answers EAGAIN (kernel/module/main.c:try_stop_module, §8.1 refcnt).
  func rmmod(_ module: ModuleName) -> Transition {
    let drivers = before.drivers(of: module)
      .filter { before.isRegistered($0.name, on: $0.bus) == true }
    guard !drivers.isEmpty || !DriverlessModules.all.contains(module) else {
      return undetermined(.deleteModule, .useOfModule(module))
    }
    guard !drivers.isEmpty else {
      return refused(.deleteModule, .noSuchFile, .moduleNotLoaded(module))
    }
    var state = before
    for driver in drivers {
      if let answer = inUse(driver) { return answer }
      for device in before.devices(on: driver.name, bus: driver.bus) {
        switch before.use(of: device) {
        case .open(let user): return inUse(device.name, by: user)
        case .unknown(let doubt): return undetermined(.deleteModule, doubt)
        case .closed: state.release(device)
        }
      }
    }
    for driver in drivers { state.setRegistered(false, driver.name, on: driver.bus) }
    return accepted(
      .deleteModule, .driversGone(module, drivers.map(\.name)),
      dependsOn: [.assumed(.noOtherModuleUses(module))], state: state)
  }

  /// A device that is still open though its unbind began keeps the module.
  private func inUse(_ driver: Driver) -> Transition? {
    let waiting = before.difference.pending.all.lazy.filter { $0.driver == driver.name }
      .compactMap { before.host.device(at: $0.device) }.first { $0.bus == driver.bus }
    return waiting.map { inUse($0.name, by: .pendingUnbind) }
  }

  private func inUse(_ device: DeviceName, by user: DeviceUser) -> Transition {
    refused(.deleteModule, .tryAgain, rule: .unbindInProgress, .inUse(device, user))
  }
}

extension KernelState {
  /// The drivers that a module registers, by their links, the table, or its id lines.
  func drivers(of module: ModuleName) -> [Driver] {
    if let registered = index.driversByModule[module] { return registered }
    let profiled = DriverProfiles.all.filter { ModuleName(spelling: $0.name.text) == module }
    if !profiled.isEmpty {
      return profiled.map { Driver(bus: $0.bus, name: $0.name, module: .value(module)) }
    }
    guard index.aliases[module] != nil else { return [] }
    return [Driver(bus: .pci, name: DriverName(module.text), module: .value(module))]
  }
}
