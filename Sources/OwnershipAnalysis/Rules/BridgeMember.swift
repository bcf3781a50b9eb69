import HostModel

extension Rule {
  /// BRIDGE-OK: a bridge beside a VFIO member, on pcieport or driverless (kernel-rules §12.1).
  static let bridgeMember = Rule(
    slug: .bridgeMember, severity: .info,
    title: "a bridge in the group does no harm",
    page: RulePage(
      meaning: """
        A bridge often shares the group of the devices below it. On pcieport, or without a driver, \
        it does not keep user space out. It must not be bound to vfio-pci, which refuses bridges \
        with EINVAL; a tool that asks for that is mistaken.
        """,
      evidence: [
        "ls /sys/bus/pci/devices/0000:00:01.0/secondary_bus_number",
        "readlink /sys/bus/pci/devices/0000:00:01.0/driver",
      ],
      remedy: "Nothing: leave the bridge as it is.",
      kernels: "all",
      source: "kernel-rules §5.1, §6.1 row 2, §8.2, §12.1"),
    findings: { context in
      context.groups.filter { !$0.vfioBound.isEmpty }.flatMap { group in
        let blamed = Set(group.viability.obstacles.flatMap(\.culprits).map(\.device))
        return group.members.filter {
          $0.isBridge && $0.driverDoubt == nil && !blamed.contains($0.device.name)
        }
        .map { Finding(harmless: $0, in: group.group.number) }
      }
    })
}

extension Finding {
  fileprivate init(harmless bridge: MemberAssessment, in group: GroupNumber) {
    let driver = bridge.policy.driver.map { "on \($0)" } ?? "without a driver"
    self.init(
      rule: .bridgeMember, severity: .info, group: group, devices: [bridge.device.name],
      message: "bridge \(bridge.device.name) \(driver) does not keep group \(group) from user "
        + "space",
      evidence: [
        bridge.driverEvidence,
        Evidence(path: bridge.device.path / "secondary_bus_number", value: "present"),
      ],
      remedy: "leave it alone; vfio-pci refuses bridges")
  }
}
