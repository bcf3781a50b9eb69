extension Rule {
  /// No reset mechanism.
  static let noReset = Rule(
    forMessages: .noReset,
    title: "the device cannot be reset",
    page: RulePage(
      meaning: """
        Neither the function nor its slot or bus can be reset without harm to others. QEMU says so and \
        goes on; the device then keeps the state that the last user left it in. libvirt refuses.
        """,
      evidence: [
        "ls /sys/bus/pci/devices/0000:01:00.0/reset",
        "cat /sys/bus/pci/devices/0000:01:00.0/reset_method",
      ],
      remedy: """
        Harmless for a device that its driver resets itself. Else reboot the host between two users of \
        the device.
        """,
      kernels: "all; reset_method from 5.15",
      source: "kernel-rules §7.2"))
}
