extension Rule {
  /// GET_DEVICE_FD for a device that VFIO does not have (kernel-rules §7.1).
  static let deviceNotOnVFIO = Rule(
    forPredictions: .deviceNotOnVFIO,
    title: "the device is not bound to a VFIO driver",
    page: RulePage(
      meaning: """
        A group can be opened while only some members are on VFIO drivers, but only those members \
        can be used. Asking for another one answers ENODEV.
        """,
      evidence: ["readlink /sys/bus/pci/devices/0000:01:00.1/driver"],
      remedy: "Bind the device to vfio-pci before it is opened.",
      kernels: "all",
      source: "kernel-rules §2.3, §7.1; group.c:vfio_group_ioctl_get_device_fd"))
}
