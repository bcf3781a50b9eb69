extension Rule {
  /// The configuration names a device that is not there.
  static let deviceMoved = Rule(
    forMessages: .deviceMoved,
    title: "the configuration names a device that is not there, or is another one now",
    page: RulePage(
      meaning: """
        There is no device at the address, or the one there is not the one that was configured. Bus \
        numbers and group numbers change with an added card, a firmware update or another kernel; a \
        virtual function is gone until its physical function makes it again; a device can also have \
        dropped off the bus.
        """,
      evidence: [
        "lspci -D -nn",
        "ls /sys/bus/pci/devices",
      ],
      remedy: """
        Look the device up by its ids and correct the address. vfio-preflight diff of a capture from \
        before shows what moved.
        """,
      kernels: "all",
      source: "kernel-rules §15"))
}
