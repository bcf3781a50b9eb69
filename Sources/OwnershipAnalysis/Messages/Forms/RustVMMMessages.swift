import HostModel

extension MessageForms {
  /// vfio-ioctls of rust-vmm, which cloud-hypervisor and others print, also as the names of its
  /// errors.
  static let rustVMM = MessageForms(
    "cloud-hypervisor",
    [
      MessageForm("group is not viable", cases: [.otherwise(.notViable)]),
      MessageForm("GroupViable", cases: [.otherwise(.notViable)]),
      MessageForm("failed to open /dev/vfio/{group} group: {errno}", cases: .groupNode),
      MessageForm("OpenGroup({errno}", cases: .groupNode),
      MessageForm("failed to open /dev/vfio/vfio container: {errno}", cases: .containerNode),
      MessageForm("OpenContainer({errno}", cases: .containerNode),
      MessageForm("failed to get Group Status", .unbindInProgress, .deviceNotOnVFIO),
      MessageForm(
        "container doesn't support VfioType1V2 IOMMU driver type", .noContainerBackend),
      MessageForm("VfioType1V2", .noContainerBackend),
      MessageForm(
        "failed to add vfio group into vfio container", .reservedDirectRegion, .mixedGroup,
        .groupInUse),
      MessageForm("GroupSetContainer", .reservedDirectRegion, .mixedGroup, .groupInUse),
      MessageForm(
        "failed to set container's IOMMU driver type as {word}: {errno}", cases: .setIOMMU),
      MessageForm("failed to get vfio device fd: {errno}", cases: .getDevice),
      MessageForm(
        "failed to add guest memory map into iommu table: {errno}",
        cases: [.on(.noMemory, to: [.memoryLockLimit])]),
    ])
}
