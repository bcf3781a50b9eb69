/// One directory of `/sys/kernel/iommu_groups`: what the hardware can isolate from the rest.
package struct IOMMUGroup: Sendable, Equatable {
  package let number: GroupNumber
  /// `/sys/kernel/iommu_groups/N`.
  package let path: HostPath
  /// `type`: the type of the *default* domain; it never shows a claim.
  package var type: Reading<DomainType>
  /// `name`, set only for groups that VFIO made up.
  package var name: Reading<String>
  /// `reserved_regions`.
  package var reservedRegions: Reading<[ReservedRegion]>
  /// The devices of `devices/`, by link target, in the order of `DeviceName`.
  package var members: [GroupMember]

  package init(
    number: GroupNumber, path: HostPath, type: Reading<DomainType>, name: Reading<String>,
    reservedRegions: Reading<[ReservedRegion]>, members: [GroupMember]
  ) {
    self.number = number
    self.path = path
    self.type = type
    self.name = name
    self.reservedRegions = reservedRegions
    self.members = members
  }

  /// Whether VFIO made the group up, for a device without isolation or an emulated one.
  ///
  /// Both kinds are named `vfio-noiommu`; the node's name tells them apart (kernel-rules §10.1).
  package var isMadeUp: Bool { name.value == "vfio-noiommu" }
}
