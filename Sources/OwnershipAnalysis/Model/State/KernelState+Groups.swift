import HashTreeCollections
package import HostModel

extension KernelState {
  package func group(of device: Device) -> IOMMUGroup? {
    device.group.value.flatMap(host.group)
  }

  package func members(of group: IOMMUGroup) -> [MemberAssessment] {
    host.members(of: group).filter { !isRemoved($0.path) }.map(assessment)
  }

  /// k: members on kernel drivers that took part in the group's count (kernel-rules §0).
  package func kernelCount(of group: IOMMUGroup) -> Int {
    tally(of: group).countedByKernel
  }

  package func viability(of group: IOMMUGroup) -> Viability {
    ViabilityTest(
      of: group, members: members(of: group), host: host, behavior: behavior,
      unsafeInterrupts: difference.parameters[.unsafeInterrupts]
    ).viability
  }

  /// The kind of that, by what is counted of the members.
  package func viabilityKind(of group: IOMMUGroup) -> Viability.Kind {
    let tally = tally(of: group)
    guard let observed = modelled.observedGroups[group.number], !observed.isIrregular,
      tally.present == observed.tally.present, difference.parameters[.unsafeInterrupts] == nil
    else { return viability(of: group).kind }
    return tally.viability(under: observed.conditions, in: behavior.regime)
  }

  /// Groups with a member or an owner that differs from an earlier state of the same host.
  package func changedGroups(since earlier: KernelState) -> [GroupNumber] {
    var numbers: Set<GroupNumber> = []
    for (path, driver) in difference.bindings
    where earlier.difference.bindings[path] != .some(driver) {
      if let group = host.device(at: path)?.group.value { numbers.insert(group) }
    }
    for (number, owner) in difference.owners where earlier.ownership(of: number) != owner {
      numbers.insert(number)
    }
    return numbers.sorted()
  }

  /// Members that VFIO has registered: on a VFIO driver, or in the middle of leaving it.
  func registeredCount(in group: IOMMUGroup) -> Int {
    tally(of: group).onVFIO + difference.pending.count(in: group.number)
  }

  /// The group has a node in `/dev/vfio`: a member is registered (§8.1). Up to 6.0 the node also
  /// stays for as long as somebody holds it open (§13 case 34).
  package func hasNode(_ group: IOMMUGroup) -> Bool {
    if registeredCount(in: group) > 0 { return true }
    return !behavior.has(.lastUnbindReleasesClaim)
      && difference.holds.opener(of: group.number) != nil
  }

  /// What could not be read and would show that a member is registered.
  func nodeDoubts(of group: IOMMUGroup) -> [Doubt] {
    let members = members(of: group)
    var doubts = group.doubts(besides: members)
    if let failure = host.vfio.groupNodes.failure,
      modelled.groupsWithNodeOfNobody.contains(group.number)
    {
      doubts.append(.unread(.groupNodes, failure))
    }
    return doubts
      + members.compactMap { member in
        let device = member.device
        return member.driverDoubt ?? device.group.failure.map { .unread(.group(device.name), $0) }
      }
  }

  /// The type of the group's default domain now.
  package func type(of group: IOMMUGroup) -> DomainType? {
    difference.groupTypes[group.number] ?? group.type.value
  }

  /// On VFIO without a group of the host: VFIO makes one up when it binds (§7.7).
  func isBoundWithoutGroup(_ device: Device) -> Bool {
    device.group.isAbsent && assessment(of: device).policy.isVFIO
  }

  /// The same, or the host shows the group that VFIO made up for it: its node is called
  /// `noiommu-N`, unlike that of the group of an emulated device (§10.1).
  func isWithoutIOMMU(_ device: Device) -> Bool {
    if isBoundWithoutGroup(device) { return true }
    guard let group = group(of: device), group.isMadeUp else { return false }
    return host.vfio.groupsWithoutIOMMU.contains(group.number)
  }
}
