package import HostModel

/// What never changes while operations are applied: the host as observed, its kernel, and what is
/// looked up in them again and again.
///
/// A class, so that any number of states share one.
package final class ModelledHost: Sendable {
  package let host: ObservedHost
  package let kernel: KernelIdentity
  package let behavior: KernelBehavior
  let index: HostIndex
  /// Who owns each group at the start, by the evidence of the audit and what the caller assumes.
  let initialOwners: [GroupNumber: Ownership]
  let observedGroups: [GroupNumber: ObservedGroup]
  /// The node of a group is there, or may be, though no member is on a VFIO driver: see
  /// ``UnbindSigns``.
  let groupsWithNodeOfNobody: Set<GroupNumber>

  init(audit: Audit, assumptions: [GroupNumber: Ownership]) {
    host = audit.host
    kernel = audit.kernel
    behavior = audit.behavior
    let index = HostIndex(audit.host)
    self.index = index
    let observedGroups = ObservedGroup.all(of: audit, index)
    self.observedGroups = observedGroups
    groupsWithNodeOfNobody = Set(
      audit.groups.lazy.filter(\.unbindSigns.mayHaveNodeOfNobody).map(\.group.number)
        .filter { observedGroups[$0]?.tally.onVFIO == 0 })
    let observed = audit.groups.map { ($0.group.number, Ownership($0.claim)) }
    initialOwners = Dictionary(observed) { first, _ in first }
      .merging(assumptions) { _, assumed in assumed }
  }
}

/// A group before any operation.
struct ObservedGroup: Sendable {
  let tally: MemberTally
  let conditions: FixedConditions
  /// Its list of members and what the devices say of their group disagree, as no kernel would let
  /// them: then nothing is counted beforehand.
  let isIrregular: Bool

  static func all(of audit: Audit, _ index: HostIndex) -> [GroupNumber: ObservedGroup] {
    let groups = audit.groups.map { group in
      let tally = MemberTally(group.members.map(index.judge), behavior: audit.behavior)
      let isRegular =
        group.members.allSatisfy { $0.device.group.value == group.group.number }
        && group.members.count == index.deviceCountByGroup[group.group.number] ?? 0
        && Set(group.members.map(\.device.path)).count == group.members.count
      return (
        group.group.number,
        ObservedGroup(tally: tally, conditions: group.conditions, isIrregular: !isRegular)
      )
    }
    return Dictionary(groups) { first, _ in first }
  }
}

/// What the model asks of a host again and again, found once: a prediction of a thousand
/// operations must not search ten thousand devices a thousand times.
struct HostIndex: Sendable {
  /// A driver's place, `/sys/bus/BUS/drivers/NAME`: names are unique on their bus only.
  struct DriverKey: Hashable, Sendable {
    let bus: BusName
    let name: DriverName
  }

  /// Ids that a driver has certainly matched: of devices bound to it without an override.
  private(set) var boundIDs: [DriverKey: Set<PCIIDPair>] = [:]
  /// Positions in the host's devices.
  private(set) var positionsByDriver: [DriverKey: [Int]] = [:]
  private(set) var driverlessPositions: [BusName: [Int]] = [:]
  /// Drivers under which a device is registered with VFIO: out-of-tree variants too (§15.5).
  private(set) var vfioDrivers: Set<DriverKey> = []
  /// Whether registered devices have a node in `/dev/vfio/devices`; `nil` when none is registered.
  private(set) var hasDeviceNodes: Bool?
  /// The device of each entry of a `vfio-dev` directory.
  private(set) var devicesByNode: [EntryName: HostPath] = [:]
  private(set) var driversByModule: [ModuleName: [Driver]] = [:]
  private(set) var aliases: [ModuleName: [ModuleAlias]] = [:]
  /// How many devices say that they are in the group.
  private(set) var deviceCountByGroup: [GroupNumber: Int] = [:]

  init(_ host: ObservedHost) {
    for (position, device) in host.devices.enumerated() { add(device, at: position) }
    for driver in host.drivers {
      guard let module = driver.module.value else { continue }
      driversByModule[module, default: []].append(driver)
    }
    aliases = Dictionary(grouping: host.moduleAliases.value ?? [], by: \.module)
  }

  /// The member by the table, or by what the host proves of a driver that no table knows (§15.5).
  func judge(_ member: MemberAssessment) -> MemberAssessment {
    guard !vfioDrivers.isEmpty, let driver = member.policy.unlistedDriver,
      vfioDrivers.contains(DriverKey(bus: member.device.bus, name: driver))
    else { return member }
    return MemberAssessment(device: member.device, policy: .vfio(driver), countsForKernel: false)
  }

  private mutating func add(_ device: Device, at position: Int) {
    if let group = device.group.value { deviceCountByGroup[group, default: 0] += 1 }
    let nodes = device.vfioDevices.value ?? []
    for node in nodes where devicesByNode[node.name] == nil {
      devicesByNode[node.name] = device.path
    }
    let id = device.identity.value.map(PCIIDPair.init)
    guard let driver = device.driver.value else {
      if device.driver.isAbsent { driverlessPositions[device.bus, default: []].append(position) }
      return
    }
    let key = DriverKey(bus: device.bus, name: driver)
    positionsByDriver[key, default: []].append(position)
    if let id, device.driverOverride == .value(.unset) { boundIDs[key, default: []].insert(id) }
    guard !nodes.isEmpty else { return }
    vfioDrivers.insert(key)
    for hasDevice in nodes.compactMap(\.hasCharacterDevice) {
      hasDeviceNodes = hasDeviceNodes ?? false || hasDevice
    }
  }
}

extension DriverPolicy {
  /// A driver that no table knows.
  fileprivate var unlistedDriver: DriverName? {
    switch self {
    case .kernel(let driver, .ordinary), .unread(let driver, _): driver
    case .none, .vfio, .stub, .infrastructure, .kernel: nil
    }
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
