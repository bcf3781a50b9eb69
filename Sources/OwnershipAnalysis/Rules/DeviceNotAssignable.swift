extension Rule {
  /// libvirt's own test of ACS.
  static let deviceNotAssignable = Rule(
    forMessages: .deviceNotAssignable,
    title: "libvirt does not assign the device because of the switch above it",
    page: RulePage(
      meaning: """
        libvirt's own test, not the kernel's: a switch above the device does not have ACS, so that \
        devices below it could reach each other without the IOMMU. The kernel shows the same in the \
        groups: what is not isolated is in one group.
        """,
      evidence: [
        "lspci -vvv | grep -i -e 'PCI bridge' -e ACSC",
        "ls /sys/bus/pci/devices/0000:01:00.0/iommu_group/devices",
      ],
      remedy: """
        Use another slot, or relaxed_acs_check = 1 in /etc/libvirt/qemu.conf when the whole group goes \
        to the same guest.
        """,
      kernels: "all",
      source: "kernel-rules §7.6"))
}
