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
    members(of: group).count(where: \.countsForKernel)
  }

  package func viability(of group: IOMMUGroup) -> Viability {
    GroupOpening(of: group, members: members(of: group), host: host, behavior: behavior).viability
  }

  /// Groups with a member or an owner that differs from an earlier state of the same host.
  package func changedGroups(since earlier: KernelState) -> [GroupNumber] {
    var numbers: Set<GroupNumber> = []
    for (path, driver) in bindings where earlier.bindings[path] != .some(driver) {
      if let group = host.device(at: path)?.group.value { numbers.insert(group) }
    }
    for (number, owner) in owners where earlier.ownership(of: number) != owner {
      numbers.insert(number)
    }
    return numbers.sorted()
  }

  /// Members that VFIO has registered: on a VFIO driver, or in the middle of leaving it.
  func registeredCount(in group: IOMMUGroup) -> Int {
    members(of: group).count(where: \.policy.isVFIO) + pendingCount(in: group)
  }

  private func pendingCount(in group: IOMMUGroup) -> Int {
    pending.count { host.device(at: $0.device)?.group.value == group.number }
  }

  /// The group has a node in `/dev/vfio`: a member is registered (§8.1). Up to 6.0 the node also
  /// stays for as long as somebody holds it open (§13 case 34).
  package func hasNode(_ group: IOMMUGroup) -> Bool {
    if registeredCount(in: group) > 0 { return true }
    return !behavior.has(.lastUnbindReleasesClaim) && nodeHolder(of: group.number) != nil
  }

  /// Who holds the group's node open.
  func nodeHolder(of group: GroupNumber) -> HolderName? {
    holder(where: { $0.nodes.contains(group) })
  }

  /// The first holder by name, so that the answer is the same on every run.
  func holder(where matches: (Hold) -> Bool) -> HolderName? {
    holds.filter { matches($0.value) }.keys.min()
  }
}
