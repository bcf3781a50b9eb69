import HostModel

/// What a kernel does about a group with a `direct` reserved region (kernel-rules §7.5).
enum DirectRegionPolicy {
  case accepted
  case refused(Refusal)
  case undetermined(Doubt)

  /// - Parameter iommu: whose IOMMU serves the group; `nil` when that cannot be seen.
  init(behavior: KernelBehavior, iommu: IOMMUInstance.Vendor?) {
    switch behavior.presence(of: .directRegionRefusesClaim) {
    case .yes:
      // iommu.c:__iommu_device_set_domain, any IOMMU, from 6.6.
      self = .refused(Refusal(call: .setContainer, errno: .invalid))
    case .unread:
      self = .undetermined(.unstudied(.directRegionRefusesClaim, of: nil))
    case .no:
      self = DirectRegionPolicy(beforeCoreTest: behavior, iommu: iommu)
    }
  }

  /// Only Intel's driver minded RMRRs up to 6.5 (intel/iommu.c:device_rmrr_is_relaxable).
  private init(beforeCoreTest behavior: KernelBehavior, iommu: IOMMUInstance.Vendor?) {
    switch iommu {
    case .amd, .other: self = .accepted
    case nil: self = .undetermined(.directRegionOfUnknownIOMMU)
    case .intel:
      let claimSwitchesDomain =
        behavior.regime == .dmaOwnership && !behavior.has(.ownershipByDevice)
      self = .refused(
        Refusal(
          call: claimSwitchesDomain ? .setContainer : .setIOMMU, errno: .operationNotPermitted))
    }
  }
}
