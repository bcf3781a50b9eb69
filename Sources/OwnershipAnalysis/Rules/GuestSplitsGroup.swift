extension Rule {
  /// One group, two address spaces of a guest.
  static let guestSplitsGroup = Rule(
    forMessages: .guestSplitsGroup,
    title: "the guest's virtual IOMMU takes devices of one group apart",
    page: RulePage(
      meaning: """
        All devices of a group share one mapping of memory. In a guest with a virtual IOMMU each \
        device behind a separate PCIe port has a separate mapping, and QEMU refuses the second device \
        of the group. The host is as it should be: this is a matter of where the guest's devices sit.
        """,
      evidence: [
        "ls /sys/kernel/iommu_groups/13/devices", "virsh dumpxml GUEST | grep -e iommu -e pcie-",
      ],
      remedy: """
        Put the devices of the group behind one pcie-to-pci bridge of the guest, or leave the virtual \
        IOMMU out, or give the guest one device only: the others can stay on vfio-pci, unused.
        """,
      kernels: "all; of QEMU, not of the kernel",
      source: "kernel-rules §12.2; QEMU: container.c:vfio_group_get"))
}
