package import HostModel

/// The kernel's changelog as far as it changes an answer: one row a fact, in the order they came.
///
/// To add a kernel change, add a `KernelFeature`, its row here and an expectation in the tests.
/// "Read" means that the function was read in that version's source; series between the last
/// version without and the first with a feature are `unread` unless the row says otherwise.
package enum KernelHistory {
  package static let changes: [KernelChange] = [
    KernelChange(
      .groupTypeWritable, without: v(5, 10, 223), with: v(5, 11, 14),
      source: "kernel-rules §1.2 F2, §9.1; iommu.c:iommu_group_store_type"),
    KernelChange(
      .newIDRefusesDuplicates, without: v(5, 10, 223), with: v(5, 11, 14),
      source: "kernel-rules §4.4; pci-driver.c:new_id_store"),
    KernelChange(
      .bindReturnsProbeError, without: v(5, 12, 9), with: v(5, 14, 2),
      source: "kernel-rules §1.2 F1, §4.1; bus.c:bind_store, dd.c:device_driver_attach"),
    KernelChange(
      .flushQueueDomain, without: v(5, 14, 2), with: v(5, 15, 85),
      source: "kernel-rules §1.2 F3; iommu.c:iommu_group_show_type"),
    KernelChange(
      .dmaOwnership, without: v(5, 18), with: v(5, 19),
      source: "kernel-rules §1.1, §1.2 F6, §3; iommu.c:iommu_device_use_default_domain"),
    KernelChange(
      .coherencyRequired, without: v(5, 17), with: v(5, 19),
      source: "kernel-rules §1.2 F7, §6.1; vfio_main.c:vfio_register_group_dev"),
    KernelChange(
      .noIOMMUBesideIOMMU, without: v(5, 17), with: v(5, 19),
      source: "kernel-rules §1.2 F8, §7.7; vfio_main.c:vfio_group_find_or_alloc"),
    KernelChange(
      .tokenTestTakesNoGroupLock, without: v(5, 17), with: v(5, 19),
      source: "kernel-rules §7.2; vfio.c:vfio_device_get_from_name, "
        + "vfio_pci_core.c:vfio_pci_validate_vf_token; recorded on 5.10"),
    KernelChange(
      .mixedBusesAccepted, without: v(5, 19), with: v(6, 0),
      source: "kernel-rules §1.2 F9, §7.3; type1.c:vfio_iommu_type1_attach_group"),
    KernelChange(
      .vfioDeviceDirectory, without: v(6, 0), with: v(6, 1, 176),
      source: "kernel-rules §1.2 F10, §8.1; vfio_main.c:vfio_init_device"),
    KernelChange(
      .lastUnbindReleasesClaim, without: v(6, 0), with: v(6, 1, 176),
      source: "kernel-rules §1.2 F11, §9.2; vfio_main.c:vfio_device_remove_group"),
    KernelChange(
      .ownershipByDevice, without: v(6, 1, 176), with: v(6, 2),
      source: "kernel-rules §1.2 F14, §3.2; iommu.c:iommu_device_claim_dma_owner"),
    KernelChange(
      .groupTypeByOwnership, without: v(6, 3, 2), with: v(6, 4, 6),
      source: "kernel-rules §1.2 F16, §9.1; iommu.c:iommu_group_store_type"),
    KernelChange(
      .cdxBus, without: v(6, 3, 2), with: v(6, 4, 6),
      source: "kernel-rules §1.2 F17, §3.3; drivers/cdx/cdx.c:cdx_dma_configure"),
    KernelChange(
      .vfioDeviceCdev, without: v(6, 4, 6), with: v(6, 6, 17),
      source: "kernel-rules §1.2 F18, §7.4; device_cdev.c:vfio_device_fops_cdev_open"),
    KernelChange(
      .directRegionRefusesClaim, without: v(6, 5), with: v(6, 6, 17),
      source: "kernel-rules §1.2 F19, §7.5; iommu.c:__iommu_device_set_domain"),
    KernelChange(
      .denylistHasAccelerators, without: v(6, 8, 1), with: v(6, 12, 107),
      backports: [v(6, 1, 91), v(6, 8, 10)], unread: [v(5, 15, 86), v(6, 6, 18)],
      source: "kernel-rules §1.2 F21, §6.1; vfio_pci.c:vfio_pci_dev_in_denylist"),
    KernelChange(
      .bindWaitsForDefaultDomain, without: v(6, 14), with: v(6, 18, 2),
      backports: [v(6, 12, 26)],
      source: "kernel-rules §1.2 F22, §3.1; iommu.c:iommu_device_use_default_domain"),
    KernelChange(
      .fdinfoNamesDevice, without: v(6, 14), with: v(6, 18, 2),
      source: "kernel-rules §1.2 F23, §8.1; vfio_main.c:vfio_device_show_fdinfo"),
    KernelChange(
      .platformOverrideWithoutLock, without: v(6, 19), with: v(7, 0),
      backports: [v(6, 12, 80)],
      source: "kernel-rules §1.2 F25, §8.4; bus.c:driver_override_show"),
    KernelChange(
      .ambaOverrideWithoutLock, without: v(6, 19), with: v(7, 0), unread: [v(6, 12, 80)],
      source: "kernel-rules §1.2 F25, §8.4; bus.c:driver_override_show"),
    KernelChange(
      .pciOverrideWithoutLock, without: v(6, 19), with: v(7, 0),
      backports: [v(6, 12, 91)],
      source: "kernel-rules §1.2 F25, §8.4; bus.c:driver_override_show"),
    KernelChange(
      .noIOMMUCdev, without: v(7, 2, 13), with: v(7, 3, 4),
      source: "kernel-rules §1.2 F29, §14; device_cdev.c"),
  ]

  /// The newest version whose source was read: rules of later kernels are this one's, unverified.
  package static let newestRead = v(7, 3, 4)
  /// The oldest version whose source was read.
  package static let oldestRead = v(5, 10)

  private static func v(_ major: UInt16, _ minor: UInt16, _ patch: UInt16 = 0) -> KernelVersion {
    KernelVersion(major, minor, patch)
  }
}
