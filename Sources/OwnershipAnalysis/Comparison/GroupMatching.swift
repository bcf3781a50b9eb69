import HostModel

/// Which group of one host is which of the other: the one with the same members.
///
/// The number says nothing, since it moves like the addresses. Groups that were split or merged
/// go on as the one they share most members with.
struct GroupMatching {
  /// By number on the old host.
  let pairs: [GroupNumber: GroupNumber]
  let oldOfNew: [GroupNumber: GroupNumber]

  /// Two groups that have something in common.
  private struct Candidate {
    let old: GroupNumber
    let new: GroupNumber
    /// 2 for each member that both have, 1 for one that was replaced by another device.
    let weight: Int
    /// Members of either.
    let size: Int

    /// The same when the hosts change sides.
    private var order: (GroupNumber, GroupNumber, GroupNumber) {
      (min(old, new), max(old, new), old)
    }

    static func isBetter(_ left: Candidate, _ right: Candidate) -> Bool {
      if left.weight != right.weight { return left.weight > right.weight }
      if left.size != right.size { return left.size < right.size }
      let keeps = (left: left.old == left.new, right: right.old == right.new)
      if keeps.left != keeps.right { return keeps.left }
      return left.order < right.order
    }
  }

  init(_ old: ObservedHost, _ new: ObservedHost, by devices: DeviceMatching) {
    var pairs: [GroupNumber: GroupNumber] = [:]
    var taken: Set<GroupNumber> = []
    let candidates = GroupMatching.candidates(old, new, by: devices)
    for candidate in candidates.sorted(by: Candidate.isBetter)
    where pairs[candidate.old] == nil && taken.insert(candidate.new).inserted {
      pairs[candidate.old] = candidate.new
    }
    // A group without members has nothing but its number.
    for group in old.groups where group.members.isEmpty && pairs[group.number] == nil {
      if new.group(group.number)?.members.isEmpty == true, taken.insert(group.number).inserted {
        pairs[group.number] = group.number
      }
    }
    self.pairs = pairs
    oldOfNew = Dictionary(pairs.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func candidates(
    _ old: ObservedHost, _ new: ObservedHost, by devices: DeviceMatching
  ) -> [Candidate] {
    let newGroups = new.groupsOfMembers
    var candidates: [Candidate] = []
    for group in old.groups {
      var weights: [GroupNumber: Int] = [:]
      for member in group.members {
        if let device = devices.counterpart(ofOld: member.device),
          let number = newGroups[device.path]
        {
          weights[number, default: 0] += 2
        } else if let device = devices.successor(ofOld: member.device),
          let number = newGroups[device.path]
        {
          weights[number, default: 0] += 1
        }
      }
      for (number, weight) in weights {
        let size = group.members.count + (new.group(number)?.members.count ?? 0)
        candidates.append(Candidate(old: group.number, new: number, weight: weight, size: size))
      }
    }
    return candidates
  }
}

extension ObservedHost {
  /// The group that lists each member.
  var groupsOfMembers: [HostPath: GroupNumber] {
    var numbers: [HostPath: GroupNumber] = [:]
    for group in groups {
      for member in group.members { numbers[member.device] = group.number }
    }
    return numbers
  }
}
