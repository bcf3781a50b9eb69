import HostModel

extension Effect {
  /// What is worth showing of two states, of which the second came out of the first: groups that
  /// open up or close, nodes that come or go.
  static func differences(from before: KernelState, to after: KernelState) -> [Effect] {
    guard !after.touched.isEmpty else { return [] }
    return after.touched.sorted().compactMap(after.host.group).flatMap { group in
      viability(group, before, after) + node(group, before, after)
        + ownership(group, before, after)
    }
  }

  private static func viability(
    _ group: IOMMUGroup, _ before: KernelState, _ after: KernelState
  ) -> [Effect] {
    let now = after.viabilityKind(of: group)
    guard before.viabilityKind(of: group) != now else { return [] }
    switch now {
    case .viable: return [.becomesViable(group.number)]
    case .notViable:
      let obstacles = after.viability(of: group).obstacles
      return [.stopsBeingViable(group.number, obstacles.flatMap(\.culprits))]
    case .undetermined: return [.viabilityUnknown(group.number)]
    }
  }

  private static func node(
    _ group: IOMMUGroup, _ before: KernelState, _ after: KernelState
  ) -> [Effect] {
    let (was, now) = (before.hasNode(group), after.hasNode(group))
    guard was != now else { return [] }
    return [now ? .nodeAppears(group.number) : .nodeGoes(group.number)]
  }

  private static func ownership(
    _ group: IOMMUGroup, _ before: KernelState, _ after: KernelState
  ) -> [Effect] {
    let was = before.ownership(of: group.number).isClaimed
    let now = after.ownership(of: group.number).isClaimed
    guard was != now, let now else { return [] }
    guard now else { return [.released(group.number)] }
    let refuses = after.behavior.regime == .dmaOwnership
    return [.claimed(group.number, refusesKernelDrivers: refuses)]
  }
}
