import HostModel

/// A driver attaches to every device of some list that has no driver and matches: at its
/// registration, or for a new id (dd.c:driver_attach). Their errors are swallowed (§4.4, §4.5).
struct Autoprobe {
  private(set) var state: KernelState
  /// What became of the devices, one line each.
  private(set) var told: [String] = []
  private(set) var dependsOn: [String] = []
  private(set) var ending = Ending.finished

  enum Ending {
    case finished
    /// It waits for a device's lock (dd.c:__driver_attach takes it of every device that matches).
    case waits(String)
    case crashes(String, dependsOn: [String])
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
    case .unknown(let reason):
      if state.isWorthDoubt(driver, for: device) {
        dependsOn.append("\(driver) does not match \(device.name): \(reason)")
      }
      return
    case .yes: break
    }
    if case .held(let reason) = state.lock(of: device) {
      ending = .waits(reason)
      return
    }
    switch Attachment(device, to: driver, in: state) {
    case .bound(let counted, let assumptions):
      state.bind(device, to: driver, counted: counted)
      dependsOn += assumptions
      told.append("\(device.name) is bound to \(driver)")
    case .conflict(_, _, let reason):
      told.append("\(device.name) stays without a driver, silently: \(reason)")
    case .probeFailed(let errno, _, let reason):
      told.append("\(device.name) stays without a driver (\(errno)): \(reason)")
    case .crashes(let reason, let assumptions):
      ending = .crashes(reason, dependsOn: dependsOn + assumptions)
    case .undetermined(let reasons): dependsOn += reasons
    }
  }
}
