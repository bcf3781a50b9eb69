import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport
import Testing

/// What a fact that is missing may change of a prediction: an answer becomes undetermined, or rests
/// on something that it names, and never becomes another.
@Suite struct MissingFactPredictionTests {
  @Test(arguments: LostFact.fixtures)
  func aLostFactNeverTurnsAPredictionIntoAnother(fixture: Fixture) throws {
    let entries = try LostFact.entries(of: fixture)
    let whole = Predictions(
      SnapshotStore(entries: entries, unlisted: .notCaptured).host(needing: .prediction))
    for lost in LostFact.all(of: entries) {
      let reduced = Predictions(lost.host(of: entries, needing: .prediction), besides: whole)
      for fault in reduced.faults(from: whole) {
        Issue.record("\(fixture.name) without \(lost): \(fault)")
      }
    }
  }
}

/// The answers to a fixed list of operations on each device, each from the state of the host.
private struct Predictions {
  private let answers: [String: Answer]
  private let checks: [String: DeviceCheck]
  private let operations: [(name: String, operation: OwnershipAnalysis.Operation)]
  private let devices: [Device]

  /// - Parameter whole: the predictions whose operations are predicted again; `nil` for those that
  ///   the host itself suggests.
  init(_ host: ObservedHost, besides whole: Predictions? = nil) {
    let audit = Analyzer.audit(host, by: nil)
    let state = KernelState(audit: audit, assumptions: [:])
    devices = whole?.devices ?? Self.devices(of: audit)
    operations = whole?.operations ?? devices.flatMap { Self.operations(on: $0, host) }
    var answers: [String: Answer] = [:]
    for (name, operation) in operations {
      // A device that is not listed any more is not one that can be named.
      guard operation.devices.allSatisfy({ host.device(at: $0) != nil }) else { continue }
      answers[name] = KernelModel.apply(operation, to: state).answer
    }
    self.answers = answers
    var checks: [String: DeviceCheck] = [:]
    for device in devices {
      guard let device = host.device(at: device.path) else { continue }
      for backend in DeviceCheck.Backend.allCases {
        let check = DeviceCheck.all(of: [device], driver: nil, backend: backend, in: state)
        checks["\(device.name) through \(backend)"] = check.first
      }
    }
    self.checks = checks
  }

  /// One of each kind that is judged differently.
  private static func devices(of audit: Audit) -> [Device] {
    let use = Dictionary(audit.groups.map { ($0.group.number, $0.use) }, uniquingKeysWith: { $1 })
    var seen: Set<[String]> = []
    return audit.host.devices.filter { device in
      let role =
        switch device.sriov {
        case .none: "none"
        case .physical: "physical"
        case .virtual: "virtual"
        case .unread: "unread"
        }
      let use = device.group.value.flatMap { use[$0] }?.rawValue ?? ""
      let kind = [
        device.bus.text, DriverPolicy(of: device).word, "\(device.header)", role, use,
        "\(device.driverOverride)", "\(device.activity)",
      ]
      return seen.insert(kind).inserted
    }
  }

  private static func operations(
    on device: Device, _ host: ObservedHost
  ) -> [(name: String, operation: OwnershipAnalysis.Operation)] {
    let path = device.path
    let vfio = DriverProfiles.generalVFIODriver(of: device.bus, in: nil) ?? "vfio-pci"
    let others = Set(host.drivers.filter { $0.bus == device.bus }.map(\.name)).sorted()
    let drivers = [vfio, "pci-stub"] + others.prefix(4) + (device.driver.value.map { [$0] } ?? [])
    var list: [(String, OwnershipAnalysis.Operation)] = [
      ("unbind", .unbind(path)), ("probe", .probe(path)),
      ("override \(vfio)", .override(path, vfio)), ("override -", .override(path, nil)),
      ("open", .open([path], holder: nil)), ("open-cdev", .openCdev([path], holder: nil)),
    ]
    list += Set(drivers).sorted().map { ("bind \($0)", .bind(path, $0)) }
    list += [0, 1, 4, 100_000].map { ("numvfs \($0)", .numVFs(path, $0)) }
    if let group = device.group.value {
      list.append(("open-node", .openNode(group, holder: nil)))
      list.append(("group-type identity", .groupType(group, "identity")))
    }
    return list.map { ("\($0.0) of \(device.bus) \(device.name)", $0.1) }
  }

  func faults(from whole: Predictions) -> [String] {
    var faults: [String] = []
    for (name, _) in whole.operations {
      guard let before = whole.answers[name], let after = answers[name],
        !after.verdict.mayStand(for: before.verdict),
        // An answer that names what it takes for granted is not certain.
        after.dependsOn.isEmpty || Set(after.dependsOn).isSubset(of: before.dependsOn)
      else { continue }
      faults.append("\(name): \(before.text) became \(after.text)")
    }
    for (name, before) in whole.checks.sorted(by: { $0.key < $1.key }) {
      guard let after = checks[name] else { continue }
      let isSound =
        after.verdict.doubts.isEmpty == false || after.verdict.word == before.verdict.word
      guard !isSound else { continue }
      faults.append("check \(name): \(before.verdict) became \(after.verdict)")
    }
    return faults
  }
}

extension Answer {
  fileprivate var text: String { "\(verdict) at \(call.rawValue) (\(reason))" }
}

extension Verdict {
  /// Whether it is the same answer, or leaves open what is not known.
  fileprivate func mayStand(for other: Verdict) -> Bool {
    switch (self, other) {
    case (.undetermined, _): true
    case (.refusedWithOneOf(let errnos), .refused(let errno)):
      errnos.isEmpty || errnos.contains(errno)
    case (.refusedWithOneOf(let errnos), .refusedWithOneOf(let others)):
      errnos.isEmpty || !others.isEmpty && Set(others).isSubset(of: errnos)
    // What was not certain can become so only by what is known, and less is.
    case (_, .undetermined): false
    default: self == other
    }
  }
}

extension OwnershipAnalysis.Operation {
  fileprivate var devices: [HostPath] {
    switch self {
    case .open(let devices, _), .openCdev(let devices, _): devices
    default: device.map { [$0] } ?? []
    }
  }
}
