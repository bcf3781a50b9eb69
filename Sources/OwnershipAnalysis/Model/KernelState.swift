package import HostModel

/// The state of the modelled kernel: the host as observed, and what operations changed since.
///
/// Only differences from the snapshot are kept, so that a state is cheap to copy on a large host.
package struct KernelState: Sendable {
  package let host: HostSnapshot
  package let kernel: KernelIdentity
  package let behavior: KernelBehavior

  /// Drivers bound (or, `nil`, unbound) since the snapshot.
  private var bindings: [HostPath: DriverName?] = [:]
  private var overrides: [HostPath: DriverOverride] = [:]
  private var owners: [GroupNumber: Ownership]
  /// Devices on kernel drivers that took no count: CDX in a claimed group (§3.3).
  private var uncounted: Set<HostPath> = []
  /// Virtual functions that went.
  private var removed: Set<HostPath> = []
  package var dynamicIDs: [DriverName: Set<PCIIDPair>] = [:]
  private var registrations: [BusName: [DriverName: Bool]] = [:]
  package var holds: [HolderName: Hold] = [:]
  package var pending: [PendingUnbind] = []
  package var virtualFunctions: [HostPath: Int] = [:]
  package var groupTypes: [GroupNumber: DomainType] = [:]
  /// The kernel stopped; nothing answers any more.
  package var isCrashed = false

  /// - Parameter assumptions: ownership that the caller knows and the host does not show.
  package init(audit: Audit, assumptions: [GroupNumber: Ownership] = [:]) {
    host = audit.host
    kernel = audit.kernel
    behavior = audit.behavior
    owners = [:]
    for assessment in audit.groups {
      owners[assessment.group.number] = Ownership(assessment.claim)
    }
    owners.merge(assumptions) { _, assumed in assumed }
    observe(audit)
  }

  // MARK: Devices

  package func driver(of device: Device) -> Reading<DriverName> {
    guard let changed = bindings[device.path] else { return device.driver }
    return changed.map(Reading.value) ?? .absent
  }

  package func override(of device: Device) -> Reading<DriverOverride> {
    overrides[device.path].map(Reading.value) ?? device.driverOverride
  }

  /// The device as the host would show it now.
  package func current(_ device: Device) -> Device {
    guard let changed = bindings[device.path] else { return device }
    var now = device
    now.driver = changed.map(Reading.value) ?? .absent
    // A registration lasts as long as the binding that made it.
    now.vfioDevices = changed == device.driver.value ? device.vfioDevices : .absent
    return now
  }

  package func assessment(of device: Device) -> MemberAssessment {
    let member = MemberAssessment(device: current(device), behavior: behavior)
    guard uncounted.contains(device.path) else { return member }
    return MemberAssessment(device: member.device, policy: member.policy, countsForKernel: false)
  }

  /// The member as it would be on another driver.
  package func assessment(of device: Device, ifBoundTo driver: DriverName) -> MemberAssessment {
    var next = self
    next.bind(device, to: driver)
    return next.assessment(of: device)
  }

  /// Groups with a member, an owner or a type that differs.
  package func changedGroups(since other: KernelState) -> [GroupNumber] {
    var numbers: Set<GroupNumber> = []
    for path in Set(bindings.keys).union(other.bindings.keys)
    where bindings[path] != other.bindings[path] {
      if let group = host.device(at: path)?.group.value { numbers.insert(group) }
    }
    for (number, owner) in owners where other.owners[number] != owner { numbers.insert(number) }
    return numbers.sorted()
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

  package mutating func setOverride(of device: Device, to driver: DriverName?) {
    overrides[device.path] = driver.map(DriverOverride.driver) ?? .unset
  }

  // MARK: Groups

  package func group(of device: Device) -> IOMMUGroup? {
    device.group.value.flatMap(host.group)
  }

  package func members(of group: IOMMUGroup) -> [MemberAssessment] {
    host.members(of: group).filter { !removed.contains($0.path) }.map(assessment)
  }

  /// k: members on kernel drivers that took part in the group's count (kernel-rules §0).
  package func kernelCount(of group: IOMMUGroup) -> Int {
    members(of: group).count(where: \.countsForKernel)
  }

  package func ownership(of group: GroupNumber) -> Ownership {
    owners[group] ?? .unclaimed
  }

  package mutating func setOwnership(of group: GroupNumber, to ownership: Ownership) {
    owners[group] = ownership
  }

  package func viability(of group: IOMMUGroup) -> Viability {
    GroupOpening(of: group, members: members(of: group), host: host, behavior: behavior).viability
  }

  // MARK: Drivers

  /// Whether the driver is registered on the bus; `nil` when the bus's drivers were not read.
  package func isRegistered(_ driver: DriverName, on bus: BusName) -> Bool? {
    if let changed = registrations[bus]?[driver] { return changed }
    if host.isRegistered(driver, on: bus) { return true }
    return host.drivers.contains { $0.bus == bus } ? false : nil
  }

  /// Registered drivers of a bus, sorted.
  package func registeredDrivers(on bus: BusName) -> [DriverName] {
    var names = Set(host.drivers.lazy.filter { $0.bus == bus }.map(\.name))
    for (name, isRegistered) in registrations[bus] ?? [:] {
      if isRegistered { names.insert(name) } else { names.remove(name) }
    }
    return names.sorted()
  }

  package mutating func setRegistered(_ isRegistered: Bool, _ driver: DriverName, on bus: BusName) {
    registrations[bus, default: [:]][driver] = isRegistered
  }
}

extension Ownership {
  /// What the evidence of an audit says; a likely claim counts as one, a likely absence too.
  init(_ claim: ClaimAssessment) {
    self =
      switch claim.state {
      case .claimed: .somebody
      case .unclaimed: .unclaimed
      case .unknown: .unknown
      }
  }
}
