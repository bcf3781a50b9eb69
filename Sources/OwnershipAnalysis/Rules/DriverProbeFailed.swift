extension Rule {
  /// The probe of a driver that is not VFIO's.
  static let driverProbeFailed = Rule(
    forMessages: .driverProbeFailed,
    title: "the probe of a kernel driver failed, not VFIO's",
    page: RulePage(
      meaning: """
        The driver that is named refused the device itself, for a reason that only it knows: the \
        device was left in a state that it cannot use, its memory regions are taken, its firmware file is missing, \
        or another driver of the same hardware is loaded. DMA ownership is not the reason: where a \
        claimed group refuses a kernel driver, its probe is not called and the log has no line.
        """,
      evidence: [
        "dmesg | grep 0000:01:00.0",
        "cat /proc/iomem",
      ],
      remedy: """
        Read the lines of the driver before this one. After a guest has used the device, reset it or \
        reboot before the host's driver takes it.
        """,
      kernels: "all",
      source: "kernel-rules §12.2, §15"))
}
