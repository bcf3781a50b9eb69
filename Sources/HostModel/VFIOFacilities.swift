/// What the host's VFIO, its modules and nodes look like.
package struct VFIOFacilities: Sendable, Equatable {
  /// Names in `/sys/class/vfio`: group numbers, and `noiommu-N`.
  package var groupNodes: Reading<[VFIOGroupNode]>
  /// `/sys/module/vfio/parameters/enable_unsafe_noiommu_mode`; absent when not compiled in.
  package var noIOMMUMode: Reading<Bool>
  /// `/sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts`.
  package var unsafeInterrupts: Reading<Bool>
  /// `/sys/module/iommufd/parameters/allow_unsafe_interrupts`, a knob of its own.
  package var iommufdUnsafeInterrupts: Reading<Bool>
  /// `/sys/module/vfio_pci/parameters/disable_denylist`.
  package var denylistDisabled: Reading<Bool>
  /// `/sys/module/vfio_pci/parameters/enable_sriov`.
  package var sriovEnabled: Reading<Bool>
  /// `/sys/module/vfio_platform/parameters/reset_required`.
  package var platformResetRequired: Reading<Bool>
  /// Whether `/dev/iommu` is there (from 6.2, with iommufd).
  package var hasIOMMUFD: Reading<Bool>
  /// VFIO files that processes hold, as far as they could be seen.
  package var openFiles: OpenFileScan

  package init(
    groupNodes: Reading<[VFIOGroupNode]> = .absent, noIOMMUMode: Reading<Bool> = .absent,
    unsafeInterrupts: Reading<Bool> = .absent, iommufdUnsafeInterrupts: Reading<Bool> = .absent,
    denylistDisabled: Reading<Bool> = .absent, sriovEnabled: Reading<Bool> = .absent,
    platformResetRequired: Reading<Bool> = .absent, hasIOMMUFD: Reading<Bool> = .absent,
    openFiles: OpenFileScan = .notNeeded
  ) {
    self.groupNodes = groupNodes
    self.noIOMMUMode = noIOMMUMode
    self.unsafeInterrupts = unsafeInterrupts
    self.iommufdUnsafeInterrupts = iommufdUnsafeInterrupts
    self.denylistDisabled = denylistDisabled
    self.sriovEnabled = sriovEnabled
    self.platformResetRequired = platformResetRequired
    self.hasIOMMUFD = hasIOMMUFD
    self.openFiles = openFiles
  }
}

extension VFIOFacilities {
  /// The groups whose node says that nothing isolates their device.
  package var groupsWithoutIOMMU: Set<GroupNumber> {
    Set((groupNodes.value ?? []).filter(\.isNoIOMMU).map(\.group))
  }
}
