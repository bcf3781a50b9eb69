import HashTreeCollections
import HostModel

extension Step {
  /// Write to a group's `type` (kernel-rules §9.1; iommu.c:iommu_group_store_type).
  func groupType(_ number: GroupNumber, _ word: String) -> Transition {
    guard let group = before.host.group(number) else {
      return refused(.groupType, .noSuchFile, .noSuchGroup(number))
    }
    switch behavior.presence(of: .groupTypeWritable) {
    case .no: return refused(.groupType, .permissionDenied, .typeReadOnly)
    case .unread: return undetermined(.groupType, .unstudied(.groupTypeWritable, of: nil))
    case .yes: break
    }
    let current = before.type(of: group)
    if current == .unknown {
      return refused(.groupType, .invalid, .noDomainToChange(number))
    }
    let wanted = DomainType(word: word)
    guard word == "auto" || [.dma, .identity].contains(wanted) || isFlushQueue(wanted) else {
      return refused(.groupType, .invalid, .typeUnknown(word))
    }
    let isToFlushQueue = current == .dma && isFlushQueue(wanted)
    return switch behavior.presence(of: .groupTypeByOwnership) {
    case .yes where isToFlushQueue: change(group, to: wanted)
    case .yes: changeByOwnership(group, wanted)
    case .no: changeByBinding(group, wanted, isToFlushQueue: isToFlushQueue)
    case .unread: undetermined(.groupType, .unstudied(.groupTypeByOwnership, of: nil))
    }
  }

  private func isFlushQueue(_ type: DomainType) -> Bool {
    type == .dmaFlushQueue && behavior.has(.flushQueueDomain)
  }

  /// From 6.4: any group that neither the kernel counts nor user space owns.
  private func changeByOwnership(_ group: IOMMUGroup, _ wanted: DomainType) -> Transition {
    let bound = before.members(of: group).filter(\.countsForKernel)
    guard bound.isEmpty else {
      return refused(
        .groupType, .operationNotPermitted, rule: .groupTypeInUse,
        .membersBound(bound.map(\.culprit)))
    }
    return ownedOrUnread(group, errno: .operationNotPermitted) ?? change(group, to: wanted)
  }

  /// Up to 6.3: only groups of one device, and that one without any driver, unless DMA becomes DMA-FQ.
  private func changeByBinding(
    _ group: IOMMUGroup, _ wanted: DomainType, isToFlushQueue: Bool
  ) -> Transition {
    let listed = group.members.count { !before.isRemoved($0.device) }
    if listed <= 1, !group.isWhollyListed {
      return undetermined(.groupType, .unread(.membersOfGroup(group.number), nil))
    }
    guard listed == 1 else {
      return refused(
        .groupType, .invalid, rule: .groupTypeInUse, .severalDevices(group.number))
    }
    guard let member = before.members(of: group).first else {
      return undetermined(.groupType, .unread(.memberOfGroup(group.number), nil))
    }
    // iommu.c:iommu_group_store_type takes the device's lock up to 6.3.
    if let answer = wait(for: member.device, at: .groupType) { return answer }
    if !isToFlushQueue, let driver = member.policy.driver {
      return refused(
        .groupType, .busy, rule: .groupTypeInUse, .isBound(member.device.name, driver))
    }
    return ownedOrUnread(group, errno: .busy) ?? change(group, to: wanted)
  }

  /// User space owns it, or that cannot be seen: no kernel driver is seen to be bound.
  private func ownedOrUnread(_ group: IOMMUGroup, errno: ErrorNumber) -> Transition? {
    let number = group.number
    let members = before.members(of: group)
    let isRead =
      group.isWhollyListed
      && members.count == group.members.count(where: { !before.isRemoved($0.device) })
      && !members.contains { $0.driverDoubt != nil }
    switch before.ownership(of: number).isClaimed {
    case true:
      return refused(.groupType, errno, rule: .groupTypeInUse, .userSpaceOwns(number))
    case nil: return undetermined(.groupType, .ownershipUnseen(number), rule: .groupTypeInUse)
    case false where !isRead:
      return undetermined(.groupType, .unread(.driverOfMember(number), nil))
    case false: return nil
    }
  }

  private func change(_ group: IOMMUGroup, to wanted: DomainType) -> Transition {
    var state = before
    if wanted != .other("auto") {
      state.note(.group(group.number))
      state.difference.groupTypes[group.number] = wanted
    }
    return accepted(
      .groupType, .typeBecomes(group.number, wanted), dependsOn: [.assumed(.domainTypeAllowed)],
      state: state)
  }
}
