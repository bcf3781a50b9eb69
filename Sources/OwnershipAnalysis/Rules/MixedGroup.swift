import HostModel

extension Rule {
  /// MIXED: a member is on a VFIO driver, another on a kernel driver (kernel-rules §12.1).
  static let mixedGroup = Rule(
    slug: "mixed-group", severity: .error,
    title: "a group has members on VFIO drivers and on kernel drivers",
    page: RulePage(
      meaning: """
        Devices of one IOMMU group can reach each other's memory, so a group belongs to the kernel \
        or to user space, never to both. Binding vfio-pci beside a kernel driver succeeds in every \
        kernel; the refusal comes when user space opens the group. The member on the kernel driver \
        is to blame, not the one that was meant for the virtual machine.
        """,
      evidence: [
        "ls -l /sys/kernel/iommu_groups/13/devices/*/driver",
        "lspci -Dnnk",
      ],
      remedy: """
        Bind the other members to vfio-pci as well, or leave them without a driver. Bridges on \
        pcieport and devices on pci-stub do no harm and can stay. Before unbinding, see what the \
        host uses the device for: a disk controller or the management network card may share the \
        group. If it must stay with the host, move the card to a slot with a group of its own.
        """,
      kernels:
        "all; up to 5.18 GET_DEVICE_FD answers EINVAL, from 5.19 SET_CONTAINER answers EPERM",
      messages: [
        RulePage.Message("QEMU", "group 13 is not viable"),
        RulePage.Message(
          "QEMU",
          "Please ensure all devices within the iommu_group are bound to their vfio bus driver."),
        RulePage.Message(
          "DPDK",
          "VFIO group is not viable! Not all devices in IOMMU group bound to VFIO or unbound"),
        RulePage.Message("cloud-hypervisor", "group is not viable"),
        RulePage.Message(
          "SPDK", "All devices in the IOMMU group must be bound to the same driver or unbound"),
      ],
      source: """
        kernel-rules §2.2, §3.2, §11.3; iommu.c:iommu_group_claim_dma_owner (5.19 to 7.3), \
        vfio.c:vfio_group_viable (5.10 to 5.17)
        """),
    findings: blockers("mixed-group") { blamed in
      let stuck = blamed.filter(\.device.hasVirtualFunctions)
      let free = blamed.filter { !$0.device.hasVirtualFunctions }
      return [bindingRemedy(for: free), virtualFunctionRemedy(for: stuck)]
        .compactMap { $0 }.joined(separator: "; ")
    })

  private static func bindingRemedy(for blamed: [MemberAssessment]) -> String? {
    guard !blamed.isEmpty else { return nil }
    return "bind \(Phrase.devices(blamed.map(\.device.name))) to vfio-pci too, or unbind "
      + (blamed.count == 1 ? "it" : "them") + " if the host can do without"
  }

  /// vfio-pci refuses a physical function while its VFs exist (kernel-rules §6.1 row 3).
  private static func virtualFunctionRemedy(for blamed: [MemberAssessment]) -> String? {
    guard !blamed.isEmpty else { return nil }
    return "\(Phrase.devices(blamed.map(\.device.name))) cannot go to vfio-pci while "
      + (blamed.count == 1 ? "it has VFs" : "they have VFs")
      + ": VFs can be passed through only from a slot where each has a group of its own"
  }
}
