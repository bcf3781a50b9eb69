extension Rule {
  /// The device shows the only console, or a screen.
  static let hostConsole = Rule(
    ofHostUse: .hostConsole, severity: .error,
    title: "the host shows its console on this device",
    page: RulePage(
      meaning: """
        The graphics card that shows the console, or has a screen connected, is this one. \
        Without another display and without a serial console the host shows nothing until it is \
        booted again, and can be reached through the network only. A desktop that runs on the \
        card ends with it.
        """,
      evidence: [
        "cat /sys/bus/pci/devices/*/boot_vga",
        "cat /proc/consoles",
        "cat /sys/class/drm/*/status",
      ],
      remedy: """
        Let the firmware use another graphics card, or give the kernel a serial console \
        (console=ttyS0), before the card is given away.
        """,
      kernels: "all",
      source: "kernel-rules §10.3; vga_default_device, drm_connector status"))
}
