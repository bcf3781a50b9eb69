/// Every rule, in the order of the manual: the host, its groups, their members, single devices.
package enum RuleCatalogue {
  package static let all: [Rule] = [
    .iommuNotReported,
    .iommuDisabledOnCommandLine,
    .iommuNotEnabled,
    .iommuInactive,
    .ineffectiveIOMMUOption,
    .noIOMMUMode,
    .acsOverride,
    .unsafeInterrupts,
    .mixedGroup,
    .bridgeDriverBlocks,
    .eventCollectorBlocks,
    .notAStub,
    .reservedDirectRegion,
    .mixedBuses,
    .liveGroupAutoprobe,
    .driverlessMemberOfClaimedGroup,
    .groupInUse,
    .multipleOwners,
    .cdxOwnershipHole,
    .driverlessMember,
    .stubMember,
    .bridgeMember,
    .privateDomainDriver,
    .noIOMMUGroup,
    .pfWithVFs,
    .vfAutoprobeOff,
    .denylistedDevice,
    .staleOverride,
    .unbindInProgress,
    .kernelDriverInClaimedGroup,
    .driverDoesNotMatch,
    .alreadyBound,
    .groupHasNoNode,
    .deviceNotOnVFIO,
    .noVFIOCdev,
    .groupTypeInUse,
    .hostRootDisk,
    .hostMount,
    .hostDefaultRoute,
    .hostNetwork,
    .hostConsole,
    .hostInput,
    .hostOpenDevice,
    .hostService,
  ]

  /// The rule of this name.
  package static func rule(_ slug: RuleSlug) -> Rule? {
    all.first { $0.slug == slug }
  }
}
