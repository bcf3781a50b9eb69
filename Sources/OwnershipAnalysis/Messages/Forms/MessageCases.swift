import HostModel

/// What an errno means in a place that several programs print.
extension [MessageCase] {
  /// Opening `/dev/vfio/N` (kernel-rules §7.1).
  static let groupNode: [MessageCase] = [
    .on(.noSuchFile, to: [.groupHasNoNode, .nodeNotAccessible]),
    .on(.busy, to: [.groupInUse]),
    .on(.permissionDenied, .operationNotPermitted, to: [.nodeNotAccessible]),
    .on(.noSuchDevice, to: [.groupHasNoNode, .unbindInProgress]),
  ]

  /// Opening `/dev/vfio/noiommu-N`, which also needs CAP_SYS_RAWIO (kernel-rules §7.7).
  static let nodeWithoutIOMMU: [MessageCase] = [
    .on(.noSuchFile, to: [.groupHasNoNode, .noIOMMUMode]),
    .on(.busy, to: [.groupInUse]),
    .on(.permissionDenied, .operationNotPermitted, to: [.nodeNotAccessible, .noIOMMUMode]),
  ]

  /// Opening `/dev/vfio/vfio`.
  static let containerNode: [MessageCase] = [
    .on(.noSuchFile, .noSuchDevice, to: [.vfioNotLoaded, .nodeNotAccessible]),
    .on(.permissionDenied, .operationNotPermitted, to: [.nodeNotAccessible]),
  ]

  /// Opening `/dev/vfio/devices/vfioN` or `/dev/iommu` (kernel-rules §7.4).
  static let deviceNode: [MessageCase] = [
    .on(.noSuchFile, to: [.noVFIOCdev]),
    .on(.busy, to: [.groupInUse]),
    .on(.permissionDenied, .operationNotPermitted, to: [.nodeNotAccessible]),
  ]

  /// `VFIO_GROUP_SET_CONTAINER` (kernel-rules §7.1, §7.5).
  static let setContainer: [MessageCase] = [
    .on(.invalid, to: [.reservedDirectRegion]),
    .on(.operationNotPermitted, to: [.mixedGroup, .reservedDirectRegion, .bridgeDriverBlocks]),
    .on(.busy, to: [.groupInUse]),
  ]

  /// `VFIO_SET_IOMMU` (kernel-rules §7.3).
  static let setIOMMU: [MessageCase] = [
    .on(.operationNotPermitted, to: [.unsafeInterrupts, .reservedDirectRegion]),
    .on(.invalid, to: [.mixedBuses]),
    .on(.noSuchDevice, to: [.noContainerBackend, .noIOMMUMode]),
  ]

  /// `VFIO_GROUP_GET_DEVICE_FD` (kernel-rules §7.1, §7.2, §10.1).
  static let getDevice: [MessageCase] = [
    .on(.noSuchDevice, to: [.deviceNotOnVFIO]),
    .on(.inputOutput, to: [.vendorDriverRefused]),
    .on(.permissionDenied, to: [.vfTokenRequired]),
    .on(.invalid, to: [.mixedGroup, .eventCollectorBlocks, .notAStub]),
    .on(.busy, to: [.groupInUse]),
  ]

  /// `VFIO_DEVICE_BIND_IOMMUFD` (kernel-rules §7.4).
  static let bindIOMMUFD: [MessageCase] = [
    .on(.operationNotPermitted, to: [.mixedGroup, .unsafeInterrupts, .multipleOwners]),
    .on(.invalid, to: [.reservedDirectRegion]),
    .on(.busy, to: [.groupInUse]),
  ]

  /// A write to a driver's `bind` (kernel-rules §4.1, §6.1).
  static let bind: [MessageCase] = [
    .on(.busy, of: .vfio, to: [.pfWithVFs, .alreadyBound]),
    .on(.busy, of: .other, to: [.kernelDriverInClaimedGroup, .alreadyBound, .privateDomainDriver]),
    .on(.invalid, of: .vfio, to: .vfioRefusals),
    .on(.noSuchDevice, to: noMatch),
    .on(.permissionDenied, .readOnly, to: [.sysfsNotWritable]),
    .on(.noSuchFile, of: .vfio, to: [.vfioNotLoaded]),
  ]

  /// A failed write of which only the errno is known.
  static let anyWrite: [MessageCase] = [
    .on(.busy, to: [.kernelDriverInClaimedGroup, .alreadyBound, .pfWithVFs, .privateDomainDriver]),
    .on(.invalid, to: [RuleSlug].vfioRefusals + [.driverlessMemberOfClaimedGroup]),
    .on(.noSuchDevice, to: noMatch),
    .on(.exists, to: [.dynamicIDExists]),
    .on(.outOfRange, .noMemory, .noSuchFile, to: [.sriovRefused]),
    .on(.operationNotPermitted, to: [.groupTypeInUse]),
    .on(.permissionDenied, .readOnly, to: [.sysfsNotWritable]),
  ]

  /// A probe that failed, by the driver that did (kernel-rules §6.1).
  static let probe: [MessageCase] = [
    .on(.busy, of: .vfio, to: [.pfWithVFs]),
    .on(.invalid, of: .vfio, to: .vfioRefusals),
    .of(.other, [.driverProbeFailed, .barInUse]),
  ]

  /// Why a device cannot be given to vfio-pci, where the program does not print the errno.
  static let refusedByDriver: [MessageCase] = [
    .of(.vfio, [RuleSlug].vfioRefusals + [.pfWithVFs]),
    .of(.other, [.kernelDriverInClaimedGroup, .driverProbeFailed]),
  ]

  private static let noMatch: [RuleSlug] = [.driverDoesNotMatch, .staleOverride, .vfAutoprobeOff]
}

extension [RuleSlug] {
  /// Why a host has no IOMMU that is in use.
  static let absentIOMMU: [RuleSlug] = [
    .iommuNotReported, .iommuNotEnabled, .iommuDisabledOnCommandLine, .iommuInactive,
    .iommuOwnedByXen,
  ]

  /// Why vfio-pci refuses a device.
  static let vfioRefusals: [RuleSlug] = [.noIOMMUGroup, .denylistedDevice, .bridgeMember]

  /// Causes that lie with the device named, whatever else is in its group.
  static let ofOneDevice: [RuleSlug] =
    vfioRefusals + [
      .staleOverride, .overrideNotApplied, .pfWithVFs, .vfAutoprobeOff, .vfTokenRequired,
    ]

  /// Why a group is not viable.
  static let notViable: [RuleSlug] = [
    .mixedGroup, .bridgeDriverBlocks, .eventCollectorBlocks, .notAStub,
  ]
}
