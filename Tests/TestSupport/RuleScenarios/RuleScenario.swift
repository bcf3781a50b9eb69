package import OwnershipAnalysis

/// A small host made for one rule: it fires, or it stays silent on the nearest correct host.
package struct RuleScenario: Sendable, CustomStringConvertible {
  package let rule: RuleSlug
  package let kind: Kind
  /// One sentence: what is in the group, and what distinguishes this host from its counterpart.
  package let situation: String
  /// Every rule that fires on this host, and no other.
  package let fires: Set<RuleSlug>
  package let host: HostTree

  package enum Kind: String, Sendable {
    case firing
    case silent
  }

  /// The fixture's name, `mixed-group.firing`.
  package var description: String { "\(rule).\(kind.rawValue)" }

  /// - Parameter others: rules that fire beside the scenario's own.
  static func firing(
    _ rule: RuleSlug, _ situation: String, besides others: Set<RuleSlug> = [], _ host: HostTree
  ) -> RuleScenario {
    RuleScenario(
      rule: rule, kind: .firing, situation: situation, fires: others.union([rule]), host: host)
  }

  static func silent(
    _ rule: RuleSlug, _ situation: String, besides others: Set<RuleSlug> = [], _ host: HostTree
  ) -> RuleScenario {
    RuleScenario(rule: rule, kind: .silent, situation: situation, fires: others, host: host)
  }

  /// Two for each rule, in the order of the catalogue.
  package static let all: [RuleScenario] =
    iommuNotReported + iommuDisabledOnCommandLine + iommuNotEnabled + iommuInactive
    + iommuOwnedByXen
    + ineffectiveIOMMUOption + noIOMMUMode + acsOverride + unsafeInterrupts + mixedGroup
    + bridgeDriverBlocks + eventCollectorBlocks + notAStub + reservedDirectRegion + mixedBuses
    + liveGroupAutoprobe + driverlessMemberOfClaimedGroup + groupInUse + multipleOwners
    + cdxOwnershipHole + driverlessMember + stubMember + bridgeMember + privateDomainDriver
    + noIOMMUGroup + pfWithVFs + vfAutoprobeOff + denylistedDevice + staleOverride
    + unbindInProgress + noContainerBackend + unknownOption + idsNotApplied + overrideNotApplied
    + vfTokenRequired
}
