extension Rule {
  /// A program refuses because the host works with the device.
  static let hostUsesDevice = Rule(
    forMessages: .hostUsesDevice,
    title: "the host works with the device now",
    page: RulePage(
      meaning: """
        The program sees that the host would lose something: a network interface with a route, or a disk \
        that is mounted, part of a volume or swapped to. The kernel would not refuse: an unbind takes \
        the device from the host at once.
        """,
      evidence: [
        "ip route",
        "lsblk -o NAME,MOUNTPOINTS",
        "ls /sys/bus/pci/devices/0000:01:00.0/net",
      ],
      remedy: """
        Make sure that it is not the way in which you are logged in. Then take the interface down, or \
        unmount the file systems, and try again.
        """,
      kernels: "all",
      source: "kernel-rules §10.3"))
}
