import HostModel

/// Compares the groups of two hosts.
struct GroupComparer {
  let old: Audit
  let new: Audit
  /// The old host under the new host's kernel; `nil` when both are judged by the same rules.
  let oldByNewKernel: Audit?
  let devices: DeviceMatching
  let matching: GroupMatching

  /// The groups that differ: by the new host's numbers, what is gone after it.
  func comparisons() -> [GroupComparison] {
    let before = GroupComparer.byNumber(old.groups)
    let hypothetical = GroupComparer.byNumber(oldByNewKernel?.groups ?? [])
    let oldNumbers = old.host.groupsOfMembers
    let newNumbers = new.host.groupsOfMembers
    let matched: [GroupComparison] = new.groups.compactMap { group in
      let number = matching.oldOfNew[group.group.number]
      let partner = number.flatMap { before[$0] }
      guard partner != nil || isCertain(group, on: old.host, devices.counterpart(ofNew:)) else {
        return nil
      }
      let comparison = GroupComparison(
        old: partner, new: group,
        gained: transfers(of: group, from: number, oldNumbers, devices.counterpart(ofNew:)),
        lost: partner.map {
          transfers(of: $0, from: group.group.number, newNumbers, devices.counterpart(ofOld:))
        } ?? [],
        isExplainedByKernel: number.flatMap { hypothetical[$0] }?.isJudgedLike(group) ?? false)
      return partner != nil && comparison.aspects.isEmpty ? nil : comparison
    }
    let gone: [GroupComparison] = old.groups.compactMap { group in
      guard matching.pairs[group.group.number] == nil,
        isCertain(group, on: new.host, devices.counterpart(ofOld:))
      else { return nil }
      return GroupComparison(
        old: group, new: nil, gained: [],
        lost: transfers(of: group, from: nil, newNumbers, devices.counterpart(ofOld:)),
        isExplainedByKernel: false)
    }
    return matched + gone
  }

  private static func byNumber(_ groups: [GroupAssessment]) -> [GroupNumber: GroupAssessment] {
    Dictionary(groups.map { ($0.group.number, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The members that the same group of the other host does not have.
  private func transfers(
    of group: GroupAssessment, from partner: GroupNumber?, _ numbers: [HostPath: GroupNumber],
    _ counterpart: (HostPath) -> Device?
  ) -> [GroupComparison.Transfer] {
    group.members.compactMap { member in
      let other = counterpart(member.device.path)
      let number = other.flatMap { numbers[$0.path] }
      guard number == nil || number != partner else { return nil }
      // A device that no group lists may be in one all the same, if its own link was not read.
      if let other, number == nil, !other.group.isAbsent { return nil }
      return GroupComparison.Transfer(device: member.device, group: number)
    }
  }

  /// Whether a group that the other host does not list is certainly not there.
  private func isCertain(
    _ group: GroupAssessment, on other: ObservedHost, _ counterpart: (HostPath) -> Device?
  ) -> Bool {
    guard other.groupListing.failure != nil else { return true }
    return !group.members.isEmpty
      && group.members.allSatisfy { member in
        counterpart(member.device.path).map { $0.group.failure == nil } ?? false
      }
  }
}
