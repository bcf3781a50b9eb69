import HostModel

extension Rule {
  /// CLAIMED+FREE: a driverless member of a group that user space owns (kernel-rules §12.1).
  static let driverlessMemberOfClaimedGroup = Rule(
    slug: .driverlessMemberOfClaimedGroup, severity: .warning,
    title: "a member of an open group has no driver and cannot get a kernel driver",
    page: RulePage(
      meaning: """
        While user space owns a group, no kernel driver can bind to any member of it: the bind is \
        refused with EBUSY, before the driver's probe. When the kernel binds drivers by itself \
        (module load, hot-plug, boot) the refusal leaves no message at all: the driver is just \
        missing.
        """,
      evidence: [
        "ls -l /sys/kernel/iommu_groups/13/devices/*/driver",
        "ls -l /proc/*/fd | grep /dev/vfio/13",
      ],
      remedy: """
        Leave the device alone while the group is in use; stop the user of the group first if the \
        host needs the device. Name vfio-pci in driver_override to keep kernel drivers from trying.
        """,
      kernels: "all; up to 5.18 such a bind crashes the kernel instead of failing",
      source: "kernel-rules §3.1 row 4, §4.3, §9.2, §12.2; iommu.c:iommu_device_use_default_domain"),
    findings: { context in
      context.groups.filter { group in
        group.isHeld && group.unbindSigns.isEmpty && !group.mayBeHalfUnbound(on: context.host)
      }.flatMap { group in
        group.members.filter { member in
          guard member.policy == .none, member.device.driver.isAbsent, !member.isBridge else {
            return false
          }
          guard context.behavior.regime == .viabilityAtOpen, group.claim.state == .claimed else {
            return true
          }
          // One that is exposed, or may be, is a matter of live-group-autoprobe.
          let exposure = AutoprobeExposure(of: member, in: context)
          return !exposure.isExposed && exposure.doubt == nil
        }.map { Finding(driverless: $0, in: group, regime: context.behavior.regime) }
      }
    })
}

extension GroupAssessment {
  /// No member is seen on a VFIO driver, and what would show an unbind that waits was not read.
  fileprivate func mayBeHalfUnbound(on host: ObservedHost) -> Bool {
    vfioBound.isEmpty
      && (host.vfio.groupNodes.failure != nil || !group.isWhollyRead(in: members))
  }
}

extension Finding {
  fileprivate init(
    driverless member: MemberAssessment, in group: GroupAssessment, regime: KernelIdentity.Regime
  ) {
    let answer =
      regime == .viabilityAtOpen
      ? "a kernel driver that binds it crashes this kernel"
      : "a kernel driver for it is refused with EBUSY, silently when the kernel binds by itself"
    self.init(
      rule: .driverlessMemberOfClaimedGroup, severity: .warning, group: group.group.number,
      devices: [member.device.name],
      message: "group \(group.group.number) is in use and \(member.device.name) has no driver: "
        + answer,
      evidence: group.claim.evidence + [member.driverEvidence],
      remedy: "leave \(member.device.name) alone until the group's user has stopped",
      symptom: "write error: Device or resource busy",
      dependsOn: group.claim.state == .claimed
        ? [] : [.containerOfHolderUnseen])
  }
}
