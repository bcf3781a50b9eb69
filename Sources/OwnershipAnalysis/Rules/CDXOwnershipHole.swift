import HostModel

extension Rule {
  /// CDX-HOLE: on the CDX bus the kernel drops the refusal (kernel-rules §3.3, §12.1).
  static let cdxOwnershipHole = Rule(
    slug: .cdxOwnershipHole, severity: .critical,
    title: "the kernel does not keep kernel drivers out of an open CDX group",
    page: RulePage(
      meaning: """
        The CDX bus asks for DMA ownership before a driver binds and then ignores the answer. A \
        kernel driver can bind to a member of a group that user space has open, and the kernel's \
        DMA then runs through the user's mappings.
        """,
      evidence: [
        "ls -l /sys/bus/cdx/devices/*/driver",
        "cat /sys/bus/cdx/devices/cdx-00:01/driver_override",
      ],
      remedy: "Name vfio-cdx in driver_override of every member before the group is opened.",
      kernels: "from 6.4 on, in every version read (7.3)",
      source: "kernel-rules §3.3, §13 case 42; drivers/cdx/cdx.c:cdx_dma_configure"),
    findings: { context in
      guard context.behavior.has(.cdxBus) else { return [] }
      return context.groups.filter { !$0.vfioBound.isEmpty }.flatMap { group in
        group.members.filter { member in
          member.device.bus == .cdx && !member.policy.isVFIO
            && member.device.driverOverride.value?.driver != "vfio-cdx"
        }.map { Finding(hole: $0, in: group) }
      }
    })
}

extension Finding {
  fileprivate init(hole member: MemberAssessment, in group: GroupAssessment) {
    let driver = member.policy.driver.map { "is bound to \($0)" } ?? "has no driver"
    self.init(
      rule: .cdxOwnershipHole, severity: group.claim.state == .claimed ? .critical : .warning,
      group: group.group.number, devices: [member.device.name],
      message: "\(member.device.name) of group \(group.group.number) \(driver): on the CDX bus the "
        + "kernel does not refuse a kernel driver in a group that user space owns",
      evidence: [member.driverEvidence] + group.claim.evidence,
      remedy: "write vfio-cdx to \(member.device.path / "driver_override")")
  }
}
