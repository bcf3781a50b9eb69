extension Rule {
  /// The device does not come back from a reset or from D3.
  static let deviceDoesNotAnswer = Rule(
    forMessages: .deviceDoesNotAnswer,
    title: "the device does not come back from a reset or from sleep",
    page: RulePage(
      meaning: """
        After a reset, or when it is woken, the device does not answer on the bus within the time that \
        PCI gives it. Bindings and groups are not the reason. Known causes: a reset that this model \
        does badly (FLR of some AMD functions, bus resets of some graphics cards), D3cold on a slot \
        that does not restore power, or a card that a guest left hanging.
        """,
      evidence: [
        "cat /sys/bus/pci/devices/0000:01:00.0/reset_method",
        "cat /sys/bus/pci/devices/0000:01:00.0/power_state",
        "lspci -s 0000:01:00.0 -vv",
      ],
      remedy: """
        Choose another method in reset_method (from 5.15), keep it awake with \
        vfio-pci.disable_idle_d3=1, look for a firmware update or a reset module of the vendor; a card \
        that hangs needs the machine switched off.
        """,
      kernels: "all",
      source: "kernel-rules §6.2, §7.2"))
}
