extension Rule {
  /// `/dev/vfio/devices/vfioN` or `/dev/iommu` is not there (kernel-rules §7.4, F18).
  static let noVFIOCdev = Rule(
    forPredictions: .noVFIOCdev,
    title: "the device has no node in /dev/vfio/devices",
    page: RulePage(
      meaning: """
        Opening devices through their own nodes needs a kernel from 6.6 that is built with \
        CONFIG_VFIO_DEVICE_CDEV and CONFIG_IOMMUFD. Many distributions' kernels are not, Debian's \
        among them: use the group there.
        """,
      evidence: [
        "ls /dev/vfio/devices /dev/iommu", "grep -e IOMMUFD -e VFIO_DEVICE_CDEV /boot/config-*",
      ],
      remedy: "Use the group's node, or a kernel that is built with both options.",
      kernels: "from 6.6, where built in",
      source: "kernel-rules §1.2 F18, §7.4, §13 case 52; device_cdev.c"))
}
