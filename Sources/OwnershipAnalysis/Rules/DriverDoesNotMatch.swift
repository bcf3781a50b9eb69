extension Rule {
  /// The bus finds no match between driver and device (kernel-rules §4.1, §4.5).
  static let driverDoesNotMatch = Rule(
    forPredictions: .driverDoesNotMatch,
    title: "the driver does not match the device",
    page: RulePage(
      meaning: """
        A driver can bind a device only if driver_override names it, or, while driver_override is \
        unset, if one of its ids matches. vfio-pci and pci-stub have no built-in ids: they need \
        driver_override or an id written to new_id. bind then answers ENODEV. drivers_probe answers \
        success although nothing is bound.
        """,
      evidence: [
        "cat /sys/bus/pci/devices/0000:01:00.0/driver_override",
        "grep -i vfio_pci: /lib/modules/$(uname -r)/modules.alias",
      ],
      remedy: "Write the driver's name to the device's driver_override, then bind.",
      kernels: "all",
      source: "kernel-rules §4.1, §4.5, §13 cases 8, 40 and 41; pci-driver.c:pci_match_device"))
}
