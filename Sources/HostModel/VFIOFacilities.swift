/// What the host's VFIO, its modules and nodes look like.
package struct VFIOFacilities: Sendable, Equatable {
  /// Names in `/sys/class/vfio`: group numbers, and `noiommu-N`.
  package var groupNodes: Reading<[VFIOGroupNode]>
  /// `/sys/module/vfio/parameters/enable_unsafe_noiommu_mode`; absent when not compiled in.
  package var noIOMMUMode: Reading<Bool>
  /// `/sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts`.
  package var unsafeInterrupts: Reading<Bool>
  /// `/sys/module/iommufd/parameters/allow_unsafe_interrupts`, a separate knob.
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

/// A node of VFIO for a group: `/dev/vfio/13` or `/dev/vfio/noiommu-13`.
package struct VFIOGroupNode: Sendable, Hashable {
  package let group: GroupNumber
  /// Spelled `noiommu-N`: nothing isolates its device.
  package let isNoIOMMU: Bool

  package init(group: GroupNumber, isNoIOMMU: Bool) {
    self.group = group
    self.isNoIOMMU = isNoIOMMU
  }

  /// Parses a name of `/sys/class/vfio` or `/dev/vfio`; `nil` for `vfio` and `devices`.
  package init?(name: some StringProtocol) {
    let prefix = "noiommu-"
    let isNoIOMMU = name.hasPrefix(prefix)
    guard let group = GroupNumber(isNoIOMMU ? String(name.dropFirst(prefix.count)) : String(name))
    else { return nil }
    self.init(group: group, isNoIOMMU: isNoIOMMU)
  }

  package var name: String { isNoIOMMU ? "noiommu-\(group)" : "\(group)" }
}
