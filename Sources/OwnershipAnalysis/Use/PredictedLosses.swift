package import HostModel

/// What each operation of a sequence takes from the host, beside what earlier ones took.
package struct PredictedLosses: Sendable {
  /// Of an operation that takes devices from drivers that the host shows.
  package struct Step: Sendable {
    package let losses: [HostLoss]
    /// Why its unbind may wait, where the driver waits for users of its nodes.
    package let wait: RemovalWait?
    package let driver: DriverName?
  }

  package static let none = PredictedLosses()

  /// By the place of the operation.
  private var steps: [Int: Step] = [:]
  /// What was not seen of what the operations take.
  package private(set) var unseen: [UnseenUse] = []

  private init() {}

  package func step(at place: Int) -> Step? { steps[place] }

  package init(_ prediction: Prediction, in index: UseIndex) {
    var taken = TakenDevices()
    var modules = ModuleDevices(index.host)
    var unseen: Set<UnseenUse> = []
    for (place, step) in prediction.steps.enumerated() where step.answer.verdict == .accepted {
      let candidates =
        switch step.operation {
        case .unbind(let path):
          index.host.device(at: path).map { [$0] }?.filter { DriverPolicy(of: $0).isKernel } ?? []
        case .rmmod(let module): modules.take(module)
        default: [] as [Device]
        }
      // What was taken is not taken again: the host shows how it was at first.
      let devices = candidates.filter { taken.insert($0, in: index) }
      guard !devices.isEmpty else { continue }
      let cost = index.cost(of: devices, with: taken)
      unseen.formUnion(cost.unseen)
      let waiting = devices.lazy.compactMap { device in
        index.removalWait(of: device).map { (wait: $0, driver: device.driver.value) }
      }.first
      steps[place] = Step(losses: cost.losses, wait: waiting?.wait, driver: waiting?.driver)
    }
    self.unseen = unseen.sorted { $0.code < $1.code }
  }
}

/// The devices of each module's drivers, found out at the first module.
private struct ModuleDevices {
  private let host: ObservedHost
  private lazy var devices: [ModuleName: [Device]] = {
    var devices: [ModuleName: [Device]] = [:]
    for device in host.devices {
      guard let name = device.driver.value else { continue }
      let module =
        host.driver(name, on: device.bus)?.module.value ?? ModuleName(spelling: name.text)
      devices[module, default: []].append(device)
    }
    return devices
  }()

  init(_ host: ObservedHost) { self.host = host }

  /// Those of a module, at its first unloading.
  mutating func take(_ module: ModuleName) -> [Device] {
    devices.removeValue(forKey: module) ?? []
  }
}
