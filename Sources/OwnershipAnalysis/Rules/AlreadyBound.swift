extension Rule {
  /// The device has a driver already (kernel-rules §4.1).
  static let alreadyBound = Rule(
    forPredictions: .alreadyBound,
    title: "the device is bound already",
    page: RulePage(
      meaning: """
        bind does not replace a driver, and binding the same driver twice does not succeed either: it answers \
        EBUSY. That errno has two other causes, an ownership conflict and the driver's own refusal; \
        the driver link shows which one it is.
        """,
      evidence: ["readlink /sys/bus/pci/devices/0000:01:00.0/driver"],
      remedy: "Unbind the device first.",
      kernels: "EBUSY from 5.14, ENODEV up to 5.12",
      source: "kernel-rules §4.1, §13 cases 6 and 48; dd.c:device_driver_attach"))
}
