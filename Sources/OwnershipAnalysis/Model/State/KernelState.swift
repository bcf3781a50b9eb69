import HashTreeCollections
package import HostModel

/// The state of the modelled kernel: the host as observed, shared by all states, and what
/// operations changed since.
package struct KernelState: Sendable {
  package let modelled: ModelledHost
  /// One reference in place of two dozen, since states are copied more often than they are written:
  /// an array of one element is a box that is copied when it is written.
  private var box = [Contents()]

  private struct Contents: Sendable {
    var difference = StateDifference()
    var tallies: TreeDictionary<GroupNumber, MemberTally> = [:]
    var touched: Set<GroupNumber> = []
    var written: [StatePart] = []
  }

  package var difference: StateDifference {
    _read { yield box[0].difference }
    _modify { yield &box[0].difference }
  }

  /// What the members of changed groups come to; it follows from the difference.
  private var tallies: TreeDictionary<GroupNumber, MemberTally> {
    _read { yield box[0].tallies }
    _modify { yield &box[0].tallies }
  }

  /// Groups that a change concerned since this was last emptied; not a part of the state.
  var touched: Set<GroupNumber> { box[0].touched }

  /// Parts that were written since this was last emptied, some more than once; not a part of the
  /// state.
  var written: [StatePart] { box[0].written }

  /// - Parameter assumptions: ownership that the caller knows and the host does not show.
  package init(audit: Audit, assumptions: [GroupNumber: Ownership] = [:]) {
    modelled = ModelledHost(audit: audit, assumptions: assumptions)
    observe(audit)
    forgetChanges()
  }

  package var host: ObservedHost { modelled.host }
  package var kernel: KernelIdentity { modelled.kernel }
  package var behavior: KernelBehavior { modelled.behavior }
  var index: HostIndex { modelled.index }

  /// The same state, with no group counted as touched and no part as written.
  var untouched: KernelState {
    guard !touched.isEmpty || !written.isEmpty else { return self }
    var state = self
    state.forgetChanges()
    return state
  }

  private mutating func forgetChanges() {
    box[0].touched = []
    box[0].written = []
  }

  mutating func touch(_ group: GroupNumber) { box[0].touched.insert(group) }

  mutating func note(_ part: StatePart) { box[0].written.append(part) }

  /// Counts what was touched and written on the way to an earlier state too.
  mutating func add(changesOf earlier: KernelState) {
    box[0].touched.formUnion(earlier.touched)
    box[0].written += earlier.written
  }

  // MARK: Devices

  package func driver(of device: Device) -> Reading<DriverName> {
    guard let changed = difference.bindings[device.path] else { return device.driver }
    return changed.map(Reading.value) ?? .absent
  }

  /// Whether an operation bound or unbound it: what the host shows of its use is then history.
  func isTouched(_ device: Device) -> Bool { difference.bindings[device.path] != nil }

  package func override(of device: Device) -> Reading<DriverOverride> {
    difference.overrides[device.path].map(Reading.value) ?? device.driverOverride
  }

  package mutating func setOverride(of device: Device, to driver: DriverName?) {
    note(.device(device.path))
    difference.overrides[device.path] = driver.map(DriverOverride.driver) ?? .unset
  }

  /// The device as the host would show it now.
  package func current(_ device: Device) -> Device {
    guard let changed = difference.bindings[device.path] else { return device }
    return device.bound(to: changed)
  }

  package func assessment(of device: Device) -> MemberAssessment {
    let member = judge(current(device))
    guard difference.uncounted.contains(device.path) else { return member }
    return MemberAssessment(device: member.device, policy: member.policy, countsForKernel: false)
  }

  /// The member as it would be on another driver.
  package func assessment(of device: Device, ifBoundTo driver: DriverName) -> MemberAssessment {
    judge(device.bound(to: driver))
  }

  private func judge(_ device: Device) -> MemberAssessment {
    modelled.index.judge(MemberAssessment(device: device, behavior: modelled.behavior))
  }

  package mutating func bind(_ device: Device, to driver: DriverName, counted: Bool = true) {
    change(device) {
      $0.bindings[device.path] = .some(driver)
      if counted {
        $0.uncounted.remove(device.path)
      } else {
        $0.uncounted.insert(device.path)
      }
    }
  }

  package mutating func unbind(_ device: Device) {
    change(device) {
      $0.bindings[device.path] = .some(nil)
      $0.uncounted.remove(device.path)
    }
  }

  /// The device leaves the host: a virtual function whose physical function lets go of it.
  package mutating func remove(_ device: Device) {
    change(device) {
      $0.bindings[device.path] = .some(nil)
      $0.uncounted.remove(device.path)
      $0.removed.insert(device.path)
    }
  }

  /// Changes what a device is to its group, and what the group's members come to.
  mutating func change(_ device: Device, _ change: (inout StateDifference) -> Void) {
    note(.device(device.path))
    guard let number = device.group.value, let observed = modelled.observedGroups[number] else {
      change(&difference)
      return
    }
    touch(number)
    guard !observed.isIrregular else {
      change(&difference)
      return
    }
    var tally = tallies[number] ?? observed.tally
    if !isRemoved(device.path) { tally.remove(assessment(of: device), behavior: behavior) }
    change(&difference)
    if !isRemoved(device.path) { tally.add(assessment(of: device), behavior: behavior) }
    tallies[number] = tally
  }

  package func isRemoved(_ device: HostPath) -> Bool { difference.removed.contains(device) }

  /// How many VFs a physical function has now; `nil` for another device.
  func virtualFunctionCount(of device: Device) -> Int? {
    guard case .physical(let function) = device.sriov else { return nil }
    return difference.virtualFunctions[device.path] ?? function.virtualFunctions.count
  }

  package mutating func setVirtualFunctionCount(of function: HostPath, to count: Int) {
    note(.device(function))
    difference.virtualFunctions[function] = count
  }

  /// Whether the VFs of a physical function went with its driver is not known, or is known now.
  mutating func setVirtualFunctionsDoubtful(of function: HostPath, to isDoubtful: Bool) {
    note(.device(function))
    if isDoubtful {
      difference.doubtfulVirtualFunctions.insert(function)
    } else {
      difference.doubtfulVirtualFunctions.remove(function)
    }
  }

  /// An unbind of the device begins to wait for its user.
  package mutating func add(_ unbind: PendingUnbind) {
    note(.device(unbind.device))
    let group = modelled.host.device(at: unbind.device)?.group.value
    difference.pending.add(unbind, in: group)
    if let group { touch(group) }
  }

  // MARK: Groups

  /// What the group's members come to now.
  func tally(of group: IOMMUGroup) -> MemberTally {
    if let observed = modelled.observedGroups[group.number], !observed.isIrregular {
      return tallies[group.number] ?? observed.tally
    }
    return MemberTally(members(of: group), behavior: behavior)
  }

  package func ownership(of group: GroupNumber) -> Ownership {
    let owner = difference.owners[group] ?? modelled.initialOwners[group] ?? .unclaimed
    guard owner == .unknown, let isClaimed = difference.settled[.claimed(group)] else {
      return owner
    }
    return isClaimed ? .somebody : .unclaimed
  }

  package mutating func setOwnership(of group: GroupNumber, to ownership: Ownership) {
    note(.group(group))
    difference.owners[group] = ownership
    touch(group)
  }
}

extension KernelState: Hashable {
  /// States of one modelled host are equal when operations changed the same.
  package static func == (left: KernelState, right: KernelState) -> Bool {
    left.modelled === right.modelled && left.difference == right.difference
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(difference) }
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
