import HostModel

extension ObservedHost {
  /// Whether VFIO made the group up (see ``IOMMUGroup/isMadeUp``); `nil` when its name, which shows
  /// that, was not read, and nothing else does.
  ///
  /// A group that VFIO makes up has one device and nothing of an IOMMU: no default domain, no
  /// reserved region (kernel-rules §7.7, §10.1).
  func isMadeUp(_ group: IOMMUGroup) -> Bool? {
    guard group.name.failure != nil else { return group.isMadeUp }
    if givesWithoutIOMMU(group.number) { return true }
    if group.members.count > 1 { return false }
    if let type = group.type.value, type != .unknown { return false }
    if group.reservedRegions.value?.isEmpty == false { return false }
    return members(of: group).contains { $0.iommu.value != nil } ? false : nil
  }

  /// Whether an IOMMU made any group; `nil` when unread names leave that open.
  var hasIsolatedGroup: Bool? {
    var isOpen = false
    for group in groups {
      switch isMadeUp(group) {
      case false: return true
      case nil: isOpen = true
      case true: break
      }
    }
    return isOpen ? nil : false
  }

  /// The first group whose unread name leaves open whether VFIO made it up.
  var doubtOfIsolation: Doubt? {
    groups.first { isMadeUp($0) == nil }.map {
      .unread(.groupName($0.number), $0.name.failure)
    }
  }
}
