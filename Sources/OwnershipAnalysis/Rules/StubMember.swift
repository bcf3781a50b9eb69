import HostModel

extension Rule {
  /// STUB: a pci-stub member beside a VFIO member (kernel-rules §12.1).
  static let stubMember = Rule(
    slug: .stubMember, severity: .info,
    title: "a member on pci-stub can be reached by the group's user",
    page: RulePage(
      meaning: """
        pci-stub holds a device and does nothing with it; the kernel accepts it beside VFIO. The \
        device is still in the group: the group's user can reach it by peer-to-peer DMA.
        """,
      evidence: ["readlink /sys/bus/pci/devices/0000:01:00.1/driver"],
      remedy: "Nothing, if the stubbed device may be reached by the group's user.",
      kernels: "all",
      source: "kernel-rules §5.1, §12.1, §13 case 16"),
    findings: { context in
      context.groups.filter { !$0.vfioBound.isEmpty }.flatMap { group in
        group.members.filter(\.policy.isStub).map { member in
          Finding(
            rule: .stubMember, severity: .info, group: group.group.number,
            devices: [member.device.name],
            message: "\(member.device.name) of group \(group.group.number) is on "
              + "\(member.policy.driver?.text ?? "a stub"): the group can be opened, and its user "
              + "can reach this device by peer-to-peer DMA",
            evidence: [member.driverEvidence],
            remedy: "nothing to do, unless the group's user must not reach the device")
        }
      }
    })
}
