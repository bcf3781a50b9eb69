extension Rule {
  /// A reset of the bus takes devices of other groups with it.
  static let resetNeedsOtherGroup = Rule(
    forMessages: .resetNeedsOtherGroup,
    title: "resetting the device would reset another one that is not given to the same program",
    page: RulePage(
      meaning: """
        A device that cannot be reset alone is reset with its whole slot or bus. VFIO allows that \
        only when the program has every device that would be reset, in whichever group: a graphics \
        card whose audio or USB function is in another group and on the host's driver cannot be \
        reset. QEMU says so and goes on, and the second start of the guest often fails; libvirt \
        refuses.
        """,
      evidence: [
        "ls -d /sys/bus/pci/devices/0000:01:00.*",
        "cat /sys/bus/pci/devices/0000:01:00.0/reset_method",
        "ls -l /sys/bus/pci/devices/0000:01:00.*/driver",
      ],
      remedy: """
        Give the same guest all functions of the card, also those of other groups; or choose another \
        method in reset_method (from 5.15).
        """,
      kernels: "all",
      source: "kernel-rules §7.2; vfio_pci_core.c:vfio_pci_ioctl_pci_hot_reset"))
}
