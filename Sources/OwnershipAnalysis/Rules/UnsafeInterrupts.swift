import HostModel

extension Rule {
  /// UNSAFE-MSI: interrupts are not isolated (kernel-rules §7.3, §12.1).
  static let unsafeInterrupts = Rule(
    slug: .unsafeInterrupts, severity: .error,
    title: "interrupts are not remapped, so VFIO refuses every group",
    page: RulePage(
      meaning: """
        Without interrupt remapping a device given to user space can raise any interrupt of the \
        host. VFIO therefore refuses the group unless allow_unsafe_interrupts is set. A \
        hardware capability is not enough: remapping can be switched off by intremap=off, \
        nox2apic or the firmware. Chips named IR-… in /proc/interrupts prove that it is on.
        """,
      evidence: [
        "grep -e IR-IO-APIC -e IO-APIC /proc/interrupts",
        "cat /sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts",
      ],
      remedy: """
        Enable interrupt remapping in the firmware (VT-d, AMD-Vi, x2APIC) and remove intremap=off. \
        On a platform without it, vfio_iommu_type1.allow_unsafe_interrupts=1 lets user space in, at \
        the price of isolation; iommufd has a separate parameter.
        """,
      kernels: "all; up to 6.2 judged for the system, from 6.3 for each group",
      source: "kernel-rules §7.3 row 6, §13 cases 28 to 30; type1.c:vfio_iommu_type1_attach_group"),
    findings: { context in
      guard context.host.interrupts.value?.remapping == .inactive,
        context.hasIsolatedGroup
      else { return [] }
      return [Finding(unsafeInterruptsOf: context)]
    })
}

extension Finding {
  fileprivate init(unsafeInterruptsOf context: AuditContext) {
    let parameter: HostPath = "sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts"
    let policy = UnsafeInterruptPolicy(of: context.host)
    // Where that was not read, each group says so.
    let isAllowed = policy.isAllowed == true
    let isWanted = context.groups.contains(where: \.use.isForUserSpace)
    self.init(
      rule: .unsafeInterrupts, severity: isWanted && policy.isAllowed == false ? .error : .warning,
      message: isAllowed
        ? "interrupts are not remapped and allow_unsafe_interrupts lets user space raise any of "
          + "the host's"
        : "interrupts are not remapped: SET_IOMMU answers EPERM for every group"
          + (policy.isAllowed == nil ? " unless allow_unsafe_interrupts is set" : ""),
      evidence: [
        Evidence(path: "proc/interrupts", value: "no chip named IR-"),
        Evidence(
          path: parameter, value: context.host.vfio.unsafeInterrupts.value.map { $0 ? "Y" : "N" }),
      ],
      remedy: isAllowed
        ? "enable interrupt remapping in the firmware and drop allow_unsafe_interrupts"
        : "enable interrupt remapping in the firmware; where the platform has none, "
          + "vfio_iommu_type1.allow_unsafe_interrupts=1 gives up isolation for access",
      symptom: isAllowed
        ? nil : "Failed to set iommu for container: Operation not permitted",
      dependsOn: policy.dependsOn)
  }
}
