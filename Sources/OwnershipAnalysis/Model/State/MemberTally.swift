import HostModel

/// How many members of a group are of each kind that decides an answer.
///
/// It is kept up to date with each change, so that no answer has to go through the members of a
/// group that may have thousands of them.
struct MemberTally: Sendable, Equatable {
  /// Members that are still there.
  private(set) var present = 0
  /// k: on kernel drivers that took part in the group's count (kernel-rules §0).
  private(set) var countedByKernel = 0
  private(set) var onVFIO = 0
  /// Their binds would have been refused, had user space owned the group (§8.3).
  private(set) var provingKernelOwnership = 0
  /// On drivers that may have a domain to themselves (§10.2).
  private(set) var withPrivateDomain = 0
  /// Not viable by themselves up to 5.18 (§2.2), and of these the ones of unread header.
  private(set) var notAllowed = 0
  private(set) var notAllowedOfUnreadHeader = 0
  private(set) var ofUnreadDriver = 0

  init(_ members: [MemberAssessment], behavior: KernelBehavior) {
    for member in members { add(member, behavior: behavior) }
  }

  mutating func add(_ member: MemberAssessment, behavior: KernelBehavior) {
    change(member, by: 1, behavior)
  }

  mutating func remove(_ member: MemberAssessment, behavior: KernelBehavior) {
    change(member, by: -1, behavior)
  }

  private mutating func change(
    _ member: MemberAssessment, by step: Int, _ behavior: KernelBehavior
  ) {
    present += step
    if member.countsForKernel {
      countedByKernel += step
      if member.provesKernelOwnership(in: behavior) { provingKernelOwnership += step }
      if case .kernel(_, .privateDomain) = member.policy { withPrivateDomain += step }
    }
    if member.policy.isVFIO { onVFIO += step }
    if !member.isAllowedBeforeOwnership {
      notAllowed += step
      if member.device.header.failure != nil { notAllowedOfUnreadHeader += step }
    }
    if member.driverDoubt != nil { ofUnreadDriver += step }
  }

  /// What the whole test of the members comes to (`ViabilityTest`).
  func viability(under conditions: FixedConditions, in regime: KernelIdentity.Regime)
    -> Viability.Kind
  {
    guard !conditions.isNeverClaimed else { return .viable }
    var hasObstacle = conditions.hasObstacle
    var hasUnknown = conditions.hasUnknown || ofUnreadDriver > 0
    switch regime {
    case .dmaOwnership: if countedByKernel > 0 { hasObstacle = true }
    case .viabilityAtOpen:
      if notAllowed > notAllowedOfUnreadHeader { hasObstacle = true }
      if notAllowedOfUnreadHeader > 0 { hasUnknown = true }
    case .unknown: if countedByKernel > 0 || notAllowed > 0 { hasUnknown = true }
    }
    if hasObstacle { return conditions.mayBeMadeUp ? .undetermined : .notViable }
    return hasUnknown ? .undetermined : .viable
  }
}
