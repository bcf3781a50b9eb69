extension Rule {
  /// The device has the only keyboard.
  static let hostInput = Rule(
    ofHostUse: .hostInput, severity: .error,
    title: "a keyboard of the host is behind this device",
    page: RulePage(
      meaning: """
        A keyboard of the host is connected to this device, a USB controller as a rule. If it is \
        the only one, the console has no keyboard once the controller is given away. \
        The keyboard that a management controller emulates counts too.
        """,
      evidence: [
        "cat /proc/bus/input/devices",
        "readlink /sys/class/input/input3",
      ],
      remedy: """
        Connect the keyboard to a port of another controller. To give away a keyboard and not \
        its controller, pass it through as a USB device.
        """,
      kernels: "all",
      source: "kernel-rules §10.3; usb_remove_hcd"))
}
