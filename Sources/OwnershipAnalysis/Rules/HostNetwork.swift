extension Rule {
  /// The device has an interface with an address, or a port of something.
  static let hostNetwork = Rule(
    ofHostUse: .hostNetwork, severity: .warning,
    title: "the host uses a network interface of this device",
    page: RulePage(
      meaning: """
        An interface of this device has an address or a route, is a port of a bond or a bridge, \
        or has one of several default routes. It is gone as soon as the driver is taken away. A \
        network card on whose driver no interface is seen may have it in another network \
        namespace, a container's for instance.
        """,
      evidence: [
        "ip address",
        "readlink /sys/class/net/*/master",
        "ip netns list",
      ],
      remedy: """
        Take the interface out of its bond or bridge and give its addresses to another one \
        first.
        """,
      kernels: "all",
      source: "kernel-rules §9.2, §10.3; unregister_netdev"))
}
