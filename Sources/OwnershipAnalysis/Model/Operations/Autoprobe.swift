import HostModel

/// A driver attaches to every device of some list that has no driver and matches: at its
/// registration, or for a new id (dd.c:driver_attach). Their errors are swallowed (§4.4, §4.5).
struct Autoprobe {
  private(set) var state: KernelState
  /// What became of the devices.
  private(set) var effects: [Effect] = []
  private(set) var dependsOn: [Doubt] = []
  private(set) var ending = Ending.finished

  enum Ending {
    case finished
    /// It waits for a device's lock (dd.c:__driver_attach takes it of every device that matches).
    case waits(Reason, for: HostPath)
    case crashes(Reason, dependsOn: [Doubt])
    /// The kernel crashes, or it does not.
    case undetermined([Doubt])
  }

  init(_ driver: DriverName, _ devices: [Device], in state: KernelState) {
    self.state = state
    for device in devices where self.state.driver(of: device).isAbsent {
      guard case .finished = ending else { return }
      attach(device, to: driver)
    }
  }

  private mutating func attach(_ device: Device, to driver: DriverName) {
    switch state.match(device, with: driver) {
    case .no: return
    case .unknown(let doubt):
      if state.isWorthDoubt(driver, for: device) {
        dependsOn.append(.assumed(.doesNotMatch(driver, device.name, because: doubt)))
      }
      return
    case .yes: break
    }
    switch state.lock(of: device) {
    case .free: break
    case .held(let reason):
      ending = .waits(reason, for: device.path)
      return
    case .unknown(let doubt): dependsOn.append(doubt)
    }
    switch DriverAttachment(device, to: driver, in: state) {
    case .bound(let counted, let assumptions):
      state.bind(device, to: driver, counted: counted)
      dependsOn += assumptions
      effects.append(.bound(device.name, driver))
    case .conflict(_, _, let reason): effects.append(.refusedSilently(device.name, reason))
    case .probeFailed(let errno, _, let reason):
      effects.append(.probeFailed(device.name, errno, reason))
    case .crashes(let reason, let assumptions):
      ending = .crashes(reason, dependsOn: dependsOn + assumptions)
    case .undetermined(let doubts)
    where doubts.contains(where: \.isOfCrash) || mayCrash(device, driver):
      ending = .undetermined(doubts)
    case .undetermined(let doubts): dependsOn += doubts
    }
  }
}

extension Autoprobe {
  /// The BUG of regime A follows if the probe accepts (§2.1).
  private func mayCrash(_ device: Device, _ driver: DriverName) -> Bool {
    guard state.behavior.regime == .viabilityAtOpen, let group = state.group(of: device),
      !state.assessment(of: device, ifBoundTo: driver).isAllowedBeforeOwnership
    else { return false }
    return state.ownership(of: group.number).isClaimed != false
  }
}

extension Doubt {
  fileprivate var isOfCrash: Bool {
    if case .useUnseenBeforeCrash = self { true } else { false }
  }
}
