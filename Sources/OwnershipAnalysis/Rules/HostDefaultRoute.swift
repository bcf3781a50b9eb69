extension Rule {
  /// The device carries the only default route.
  static let hostDefaultRoute = Rule(
    ofHostUse: .hostDefaultRoute, severity: .error,
    title: "the host is reached through this device",
    page: RulePage(
      meaning: """
        The default route of the host goes through an interface of this device, perhaps through \
        a bond, a bridge, a team, a VLAN or Open vSwitch. The kernel does not refuse to take the \
        driver away: the interface and its routes are gone at once, and with the only default \
        route every connection from elsewhere. If other interfaces that are up have default \
        routes too, the host stays reachable through them.
        """,
      evidence: [
        "ip route show default; ip -6 route show default",
        "readlink /sys/class/net/eth0/device",
        "readlink /sys/class/net/eth0/master",
      ],
      remedy: """
        Give another network card away, or a virtual function of this one; or give the host \
        another default route first. On a console of the host it can be done all the same.
        """,
      kernels: "all",
      source: "kernel-rules §9.2, §10.3; unregister_netdev"))
}
