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
      kernels: "from 6.4, in every version read (7.3)",
      source: "kernel-rules §3.3, §13 case 42; drivers/cdx/cdx.c:cdx_dma_configure"),
    findings: { context in
      guard context.behavior.has(.cdxBus) else { return [] }
      return context.groups.filter { !$0.vfioBound.isEmpty }.flatMap { group in
        group.members.filter { member in
          holeConditions(of: member).hold
        }.map { Finding(hole: $0, in: group) }
      }
    },
    questions: { context in
      let doubtOfKernel: Doubt? =
        context.behavior.presence(of: .cdxBus) == .unread ? .kernelUnknown : nil
      guard context.behavior.has(.cdxBus) || doubtOfKernel != nil else { return [] }
      return context.groups.filter { !$0.vfioBound.isEmpty }.flatMap { group -> [OpenQuestion] in
        let doubtOfUse = group.doubtOfUse(on: context.host)
        return group.members.compactMap { member -> OpenQuestion? in
          let conditions = holeConditions(of: member)
          guard
            let doubt = conditions.doubt ?? (conditions.hold ? doubtOfUse ?? doubtOfKernel : nil)
          else {
            return nil
          }
          let isGrave = group.claim.state == .claimed || doubtOfUse != nil
          return OpenQuestion(
            rule: .cdxOwnershipHole, severity: isGrave ? .critical : .warning,
            group: group.group.number, devices: [member.device.name], doubt: doubt)
        }
      }
    })

  private static func holeConditions(of member: MemberAssessment) -> Conditions {
    var conditions = Conditions()
    conditions.require(member.device.bus == .cdx && !member.policy.isVFIO)
    conditions.require(member.device.driver, .driver(member.device.name)) { _ in true }
    conditions.require(member.device.driverOverride, .driverOverride(member.device.name)) {
      $0?.driver != "vfio-cdx"
    }
    return conditions
  }
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
