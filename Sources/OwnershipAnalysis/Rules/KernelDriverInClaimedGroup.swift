extension Rule {
  /// A kernel driver's bind is refused because user space owns the group (kernel-rules §3.1 row 4).
  static let kernelDriverInClaimedGroup = Rule(
    forPredictions: .kernelDriverInClaimedGroup,
    title: "a kernel driver is refused in a group that user space owns",
    page: RulePage(
      meaning: """
        Binding a driver claims the device's group for the kernel first, unless the driver manages \
        DMA itself (VFIO drivers, pci-stub, pcieport). While user space owns the group the claim is \
        refused with EBUSY, before the driver's probe, and nothing is written to the kernel's log. \
        What the writer sees depends on the file: bind answers EBUSY, drivers_probe EINVAL, new_id \
        and module loading nothing at all.
        """,
      evidence: [
        "ls -l /proc/*/fd 2>/dev/null | grep /dev/vfio/",
        "grep vfio /proc/interrupts",
      ],
      remedy: """
        Stop the virtual machine that has the group, or bind the device to vfio-pci or pci-stub.
        """,
      kernels: "from 5.19; up to 5.18 the bind succeeds and the kernel crashes",
      source: """
        kernel-rules §3.1 row 4, §4.1, §4.3, §12.2, §13 cases 6 and 10; \
        iommu.c:iommu_device_use_default_domain
        """))
}
