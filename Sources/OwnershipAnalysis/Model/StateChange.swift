import HostModel

/// What is worth telling about two states: groups that open up or close, nodes that come or go.
struct StateChange {
  let sentences: [String]

  init(from before: KernelState, to after: KernelState) {
    let groups = after.changedGroups(since: before).compactMap(after.host.group)
    sentences = groups.flatMap { group in
      StateChange.viability(group, before, after) + StateChange.node(group, before, after)
        + StateChange.ownership(group, before, after)
    }
  }

  private static func viability(
    _ group: IOMMUGroup, _ before: KernelState, _ after: KernelState
  ) -> [String] {
    let (was, now) = (before.viability(of: group), after.viability(of: group))
    guard was.word != now.word else { return [] }
    switch now {
    case .viable: return ["group \(group.number) becomes viable"]
    case .notViable(let obstacles):
      let culprits = obstacles.flatMap(\.culprits)
      guard !culprits.isEmpty else { return ["group \(group.number) stops being viable"] }
      return ["group \(group.number) stops being viable: \(Phrase.bindings(culprits))"]
    case .undetermined: return ["whether group \(group.number) is viable is no longer known"]
    }
  }

  private static func node(
    _ group: IOMMUGroup, _ before: KernelState, _ after: KernelState
  ) -> [String] {
    let (was, now) = (before.hasNode(group), after.hasNode(group))
    guard was != now else { return [] }
    return [now ? "/dev/vfio/\(group.number) appears" : "/dev/vfio/\(group.number) goes"]
  }

  private static func ownership(
    _ group: IOMMUGroup, _ before: KernelState, _ after: KernelState
  ) -> [String] {
    let was = before.ownership(of: group.number).isClaimed
    let now = after.ownership(of: group.number).isClaimed
    guard was != now, let now else { return [] }
    guard now else { return ["group \(group.number) is no longer claimed"] }
    return [
      "group \(group.number) is claimed: "
        + (after.behavior.regime == .dmaOwnership
          ? "kernel drivers for its members are refused with EBUSY, silently when autoprobed"
          : "a kernel driver that binds to a member crashes the kernel")
    ]
  }
}
