package import HostModel

/// The state of the modelled kernel: the host as observed, and what operations changed since.
///
/// Only differences from the snapshot are kept, so that a state is cheap to copy on a large host.
package struct KernelState: Sendable, Equatable {
  package let host: HostSnapshot
  package let kernel: KernelIdentity
  package let behavior: KernelBehavior
  let index: HostIndex
  private let initialOwners: [GroupNumber: Ownership]

  /// Drivers bound (or, `nil`, unbound) since the snapshot.
  private(set) var bindings: [HostPath: DriverName?] = [:]
  private var overrides: [HostPath: DriverOverride] = [:]
  private(set) var owners: [GroupNumber: Ownership] = [:]
  /// Devices on kernel drivers that took no count: CDX in a claimed group (§3.3).
  private var uncounted: Set<HostPath> = []
  /// Virtual functions that went.
  private var removed: Set<HostPath> = []
  package var dynamicIDs: [DriverName: Set<PCIIDPair>] = [:]
  /// Ids that are certainly not among a driver's dynamic ones, since they were taken away.
  package var removedIDs: [DriverName: Set<PCIIDPair>] = [:]
  var registrations: [BusName: [DriverName: Bool]] = [:]
  package var holds: [HolderName: Hold] = [:]
  package var pending: [PendingUnbind] = []
  /// Writes that wait for one of these unbinds; they go on when it ends, in this order.
  package var waiting: [Operation] = []
  package var virtualFunctions: [HostPath: Int] = [:]
  /// Physical functions whose kernel driver let go: whether it took its VFs along is its secret.
  var doubtfulVirtualFunctions: Set<HostPath> = []
  package var groupTypes: [GroupNumber: DomainType] = [:]
  /// The kernel stopped; nothing answers any more.
  package var isCrashed = false

  /// - Parameter assumptions: ownership that the caller knows and the host does not show.
  package init(audit: Audit, assumptions: [GroupNumber: Ownership] = [:]) {
    host = audit.host
    kernel = audit.kernel
    behavior = audit.behavior
    index = HostIndex(audit.host)
    let observed = audit.groups.map { ($0.group.number, Ownership($0.claim)) }
    initialOwners = Dictionary(observed) { first, _ in first }
      .merging(assumptions) { _, assumed in assumed }
    observe(audit)
  }

  // MARK: Devices

  package func driver(of device: Device) -> Reading<DriverName> {
    guard let changed = bindings[device.path] else { return device.driver }
    return changed.map(Reading.value) ?? .absent
  }

  /// Whether an operation bound or unbound it: what the host shows of its use is then history.
  func isTouched(_ device: Device) -> Bool { bindings[device.path] != nil }

  package func override(of device: Device) -> Reading<DriverOverride> {
    overrides[device.path].map(Reading.value) ?? device.driverOverride
  }

  package mutating func setOverride(of device: Device, to driver: DriverName?) {
    overrides[device.path] = driver.map(DriverOverride.driver) ?? .unset
  }

  /// The device as the host would show it now.
  package func current(_ device: Device) -> Device {
    guard let changed = bindings[device.path] else { return device }
    return device.bound(to: changed)
  }

  package func assessment(of device: Device) -> MemberAssessment {
    let member = judge(current(device))
    guard uncounted.contains(device.path) else { return member }
    return MemberAssessment(device: member.device, policy: member.policy, countsForKernel: false)
  }

  /// The member as it would be on another driver.
  package func assessment(of device: Device, ifBoundTo driver: DriverName) -> MemberAssessment {
    judge(device.bound(to: driver))
  }

  /// The members as the host showed them, whatever operations did since.
  func observedMembers(of group: IOMMUGroup) -> [MemberAssessment] {
    host.members(of: group).map(judge)
  }

  /// By the table, or by what the host proves of a driver that no table knows (§15.5).
  private func judge(_ device: Device) -> MemberAssessment {
    let member = MemberAssessment(device: device, behavior: behavior)
    guard case .kernel(let driver, .ordinary) = member.policy,
      index.vfioDrivers.contains(HostIndex.DriverKey(bus: device.bus, name: driver))
    else { return member }
    return MemberAssessment(device: device, policy: .vfio(driver), countsForKernel: false)
  }

  package mutating func bind(_ device: Device, to driver: DriverName, counted: Bool = true) {
    bindings[device.path] = .some(driver)
    if counted {
      uncounted.remove(device.path)
    } else {
      uncounted.insert(device.path)
    }
  }

  package mutating func unbind(_ device: Device) {
    bindings[device.path] = .some(nil)
    uncounted.remove(device.path)
  }

  /// The device leaves the host: a virtual function whose physical function lets go of it.
  package mutating func remove(_ device: Device) {
    unbind(device)
    removed.insert(device.path)
  }

  package func isRemoved(_ device: HostPath) -> Bool { removed.contains(device) }

  // MARK: Groups

  package func ownership(of group: GroupNumber) -> Ownership {
    owners[group] ?? initialOwners[group] ?? .unclaimed
  }

  package mutating func setOwnership(of group: GroupNumber, to ownership: Ownership) {
    owners[group] = ownership
  }
}

extension Device {
  fileprivate func bound(to driver: DriverName?) -> Device {
    var now = self
    now.driver = driver.map(Reading.value) ?? .absent
    // A registration lasts as long as the binding that made it.
    now.vfioDevices = driver != nil && driver == self.driver.value ? vfioDevices : .absent
    return now
  }
}

extension Ownership {
  /// What the evidence of an audit says; a likely claim counts as one, a likely absence too.
  fileprivate init(_ claim: ClaimAssessment) {
    self =
      switch claim.state {
      case .claimed: .somebody
      case .unclaimed: .unclaimed
      case .unknown: .unknown
      }
  }
}
