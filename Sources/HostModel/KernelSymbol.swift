/// A symbol of `/proc/kallsyms` whose presence tells what the kernel does (kernel-rules §1.1).
package enum KernelSymbol: String, CaseIterable, Sendable {
  /// Regime B: binds claim DMA ownership (5.19 and vendor kernels that backport it).
  case claimsOwnership = "iommu_group_claim_dma_owner"
  /// Regime A when the first is missing: VFIO listens to binds (up to 5.18).
  case notifiesBinds = "iommu_group_register_notifier"
  /// Ownership by device, the PASID test (from 6.2).
  case claimsByDevice = "iommu_device_claim_dma_owner"
  /// The group's `type` can be written (from 5.11).
  case storesType = "iommu_group_store_type"
  /// `driver_override` is read without the device lock (7.0, stable 6.12.80 and 6.12.91).
  case overrideWithoutLock = "__device_set_driver_override"
}
