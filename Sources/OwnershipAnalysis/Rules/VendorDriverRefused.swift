extension Rule {
  /// GET_DEVICE_FD of a mediated device (kernel-rules §10.1).
  static let vendorDriverRefused = Rule(
    forMessages: .vendorDriverRefused,
    title: "the driver that made the mediated device refuses to open it",
    page: RulePage(
      meaning: """
        A mediated device is opened by the vendor's driver of the physical device (nvidia-vgpu-vfio, \
        i915), and EIO is that driver's answer: no licence or manager, a type that does not go with \
        the others of the card, no memory left on it, or a version that does not fit. The IOMMU group \
        and its bindings are as they should be.
        """,
      evidence: [
        "readlink /sys/bus/mdev/devices/*/mdev_type",
        "journalctl -b -u nvidia-vgpu-mgr",
        "dmesg | grep -i -e vgpu -e mdev",
      ],
      remedy: """
        Read the log of the vendor's driver and of its manager; restart the manager, or make the \
        device again with another type.
        """,
      kernels: "all",
      source: "kernel-rules §10.1, §7.2"))
}
