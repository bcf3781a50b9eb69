import HostModel

extension Step {
  /// Loading a module: its drivers register and probe every unbound device that matches; every
  /// error of those probes is swallowed (kernel-rules §4.5).
  func modprobe(_ module: ModuleName) -> Transition {
    let drivers = before.drivers(of: module)
    guard !drivers.isEmpty else {
      return undetermined(
        .initModule, ["which drivers module \(module) registers cannot be read"])
    }
    var state = before
    var told: [String] = []
    var dependsOn: [String] = []
    for driver in drivers where state.isRegistered(driver.name, on: driver.bus) != true {
      state.setRegistered(true, driver.name, on: driver.bus)
      switch autoprobe(driver, in: state) {
      case .finished(let next, let sentences, let assumptions):
        state = next
        told += sentences
        dependsOn += assumptions
      case .crashes(let reason): return crashes(.initModule, reason)
      }
    }
    var answer = accepted(
      .initModule,
      "the drivers of \(module) are registered: \(Phrase.drivers(drivers.map(\.name)))",
      dependsOn: dependsOn, state: state)
    answer.effects = told + answer.effects
    return answer
  }

  /// Unloading a module: its drivers let go of their devices. A module whose device is open is in
  /// use: delete_module answers EAGAIN (kernel/module/main.c:try_stop_module, §8.1 refcnt).
  func rmmod(_ module: ModuleName) -> Transition {
    let drivers = before.drivers(of: module)
      .filter { before.isRegistered($0.name, on: $0.bus) == true }
    guard !drivers.isEmpty else {
      return refused(.deleteModule, .noSuchFile, "module \(module) is not loaded")
    }
    var state = before
    for device in before.host.devices {
      guard let driver = before.driver(of: device).value,
        drivers.contains(where: { $0.name == driver && $0.bus == device.bus })
      else { continue }
      switch before.use(of: device) {
      case .open(let user):
        return refused(
          .deleteModule, .tryAgain, rule: "unbind-in-progress",
          "\(device.name) is in use by \(user)")
      case .unknown(let reason): return undetermined(.deleteModule, [reason])
      case .closed: state.release(device)
      }
    }
    for driver in drivers { state.setRegistered(false, driver.name, on: driver.bus) }
    return accepted(
      .deleteModule,
      "the drivers of \(module) let go of their devices and are gone: "
        + Phrase.drivers(drivers.map(\.name)),
      state: state)
  }

  private enum Autoprobe {
    case finished(KernelState, told: [String], dependsOn: [String])
    case crashes(String)
  }

  private func autoprobe(_ driver: Driver, in start: KernelState) -> Autoprobe {
    var state = start
    var told: [String] = []
    var dependsOn: [String] = []
    guard start.host.autoprobe[driver.bus] != .value(false) else {
      return .finished(state, told: ["drivers_autoprobe of \(driver.bus) is off"], dependsOn: [])
    }
    for device in start.host.devices where device.bus == driver.bus {
      guard state.driver(of: device).isAbsent,
        !state.pending.contains(where: { $0.device == device.path }),
        state.match(device, with: driver.name) == .yes
      else { continue }
      switch Attachment(device, to: driver.name, in: state) {
      case .bound(let next, let assumptions):
        state = next
        dependsOn += assumptions
        told.append("\(device.name) is bound to \(driver.name)")
      case .ownershipConflict(_, _, let reason):
        told.append("\(device.name) stays without a driver, silently: \(reason)")
      case .probeFailed(let errno, _, let reason):
        told.append("\(device.name) stays without a driver (\(errno)): \(reason)")
      case .crashes(let reason): return .crashes(reason)
      case .undetermined(let reasons): dependsOn += reasons
      }
    }
    return .finished(state, told: told, dependsOn: dependsOn)
  }
}

extension KernelState {
  /// The drivers that a module registers, by their links, the table, or its id lines.
  fileprivate func drivers(of module: ModuleName) -> [Driver] {
    let registered = host.drivers.filter { $0.module == .value(module) }
    if !registered.isEmpty { return registered }
    let profiled = DriverProfiles.all.filter { Self.spelled($0.name) == module }
    if !profiled.isEmpty {
      return profiled.map { Driver(bus: $0.bus, name: $0.name, module: .value(module)) }
    }
    guard (host.moduleAliases.value ?? []).contains(where: { $0.module == module }) else {
      return []
    }
    return [Driver(bus: .pci, name: DriverName(module.text), module: .value(module))]
  }

  /// A driver's name in a module's spelling.
  private static func spelled(_ driver: DriverName) -> ModuleName {
    ModuleName(String(driver.text.map { $0 == "-" ? "_" : $0 }))
  }
}
