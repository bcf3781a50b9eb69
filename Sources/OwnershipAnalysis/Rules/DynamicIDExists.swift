extension Rule {
  /// EEXIST at `new_id` (kernel-rules §4.4).
  static let dynamicIDExists = Rule(
    forMessages: .dynamicIDExists,
    title: "vfio-pci has this id already",
    page: RulePage(
      meaning: """
        An id is written to new_id once; the second write of the same vendor and device answers EEXIST \
        and binds nothing, also where the first one failed to bind. Every unbound device of that id was \
        tried at the first write, so of two identical devices both are taken. driver_override names one \
        device and needs no id.
        """,
      evidence: [
        "cat /sys/bus/pci/devices/0000:01:00.0/driver_override",
        "dmesg | grep 'vfio_pci: add'",
      ],
      remedy: """
        Write vfio-pci to the device's driver_override, then its address to \
        /sys/bus/pci/drivers_probe. remove_id takes the id back.
        """,
      kernels: "all",
      source: "kernel-rules §4.4; pci-driver.c:new_id_store"))
}
