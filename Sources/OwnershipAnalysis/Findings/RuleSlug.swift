/// The name of a rule: stable once released, what users search for and suppress.
///
/// The cases stand in the order of the manual, like `RuleCatalogue`.
package enum RuleSlug: String, CaseIterable, Sendable {
  case iommuNotReported = "iommu-not-reported"
  case iommuDisabledOnCommandLine = "iommu-disabled-on-command-line"
  case iommuNotEnabled = "iommu-not-enabled"
  case iommuInactive = "iommu-inactive"
  case iommuOwnedByXen = "iommu-owned-by-xen"
  case ineffectiveIOMMUOption = "ineffective-iommu-option"
  case noIOMMUMode = "noiommu-mode"
  case acsOverride = "acs-override"
  case unsafeInterrupts = "unsafe-interrupts"
  case mixedGroup = "mixed-group"
  case bridgeDriverBlocks = "bridge-driver-blocks"
  case eventCollectorBlocks = "event-collector-blocks"
  case notAStub = "not-a-stub"
  case reservedDirectRegion = "reserved-direct-region"
  case mixedBuses = "mixed-buses"
  case liveGroupAutoprobe = "live-group-autoprobe"
  case driverlessMemberOfClaimedGroup = "driverless-member-of-claimed-group"
  case groupInUse = "group-in-use"
  case multipleOwners = "multiple-owners"
  case cdxOwnershipHole = "cdx-ownership-hole"
  case driverlessMember = "driverless-member"
  case stubMember = "stub-member"
  case bridgeMember = "bridge-member"
  case privateDomainDriver = "private-domain-driver"
  case noIOMMUGroup = "no-iommu-group"
  case pfWithVFs = "pf-with-vfs"
  case vfAutoprobeOff = "vf-autoprobe-off"
  case denylistedDevice = "denylisted-device"
  case staleOverride = "stale-override"
  case unbindInProgress = "unbind-in-progress"
  case kernelDriverInClaimedGroup = "kernel-driver-in-claimed-group"
  case driverDoesNotMatch = "driver-does-not-match"
  case alreadyBound = "already-bound"
  case groupHasNoNode = "group-has-no-node"
  case deviceNotOnVFIO = "device-not-on-vfio"
  case noVFIOCdev = "no-vfio-cdev"
  case groupTypeInUse = "group-type-in-use"
  case hostRootDisk = "host-root-disk"
  case hostMount = "host-mount"
  case hostDefaultRoute = "host-default-route"
  case hostNetwork = "host-network"
  case hostConsole = "host-console"
  case hostInput = "host-input"
  case hostOpenDevice = "host-open-device"
  case hostService = "host-service"
  case vfioNotLoaded = "vfio-not-loaded"
  case noContainerBackend = "no-container-backend"
  case unknownOption = "unknown-option"
  case idsNotApplied = "ids-not-applied"
  case overrideNotApplied = "override-not-applied"
  case dynamicIDExists = "dynamic-id-exists"
  case sysfsNotWritable = "sysfs-not-writable"
  case nodeNotAccessible = "node-not-accessible"
  case vfTokenRequired = "vf-token-required"
  case vendorDriverRefused = "vendor-driver-refused"
  case memoryLockLimit = "memory-lock-limit"
  case barInUse = "bar-in-use"
  case driverProbeFailed = "driver-probe-failed"
  case deviceDoesNotAnswer = "device-does-not-answer"
  case noReset = "no-reset"
  case resetNeedsOtherGroup = "reset-needs-other-group"
  case sriovRefused = "sriov-refused"
  case deviceNotAssignable = "device-not-assignable"
  case hostUsesDevice = "host-uses-device"
  case deviceMoved = "device-moved"
  case guestSplitsGroup = "guest-splits-group"

  package var text: String { rawValue }
}

extension RuleSlug: Comparable {
  /// By the bytes of the name.
  package static func < (left: RuleSlug, right: RuleSlug) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

extension RuleSlug: CustomStringConvertible {
  package var description: String { text }
}
