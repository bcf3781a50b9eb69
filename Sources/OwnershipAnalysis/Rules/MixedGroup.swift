import HostModel

extension Rule {
  /// MIXED: a member is on a VFIO driver, another on a kernel driver (kernel-rules §12.1).
  static let mixedGroup = Rule(
    slug: .mixedGroup, severity: .error,
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
        Bind the other members to the VFIO driver of their bus as well (vfio-pci, vfio-platform, \
        vfio-amba, vfio-fsl-mc, vfio-cdx), or leave them without a driver. Bridges on pcieport and \
        devices on pci-stub do no harm and can stay. Before unbinding, see what the \
        host uses the device for: a disk controller or the management network card may share the \
        group. If it must stay with the host, move the card to a slot with a separate group.
        """,
      kernels:
        "all; up to 5.18 GET_DEVICE_FD answers EINVAL, from 5.19 SET_CONTAINER answers EPERM",
      source: """
        kernel-rules §2.2, §3.2, §11.3; iommu.c:iommu_group_claim_dma_owner (5.19 to 7.3), \
        vfio.c:vfio_group_viable (5.10 to 5.17)
        """),
    findings: blockers(.mixedGroup) { blamed, context in
      let binding = { Placement.remedy(for: blamed, in: context, clause: mixedGroupRemedy) }
      guard let move = CardMove(for: blamed, in: context) else { return binding() }
      return move.isOnlyWay ? move.text : "\(move.text); or \(binding())"
    })

  @Sendable private static func mixedGroupRemedy(
    _ place: Placement, _ devices: [DeviceName]
  ) -> String {
    let names = Phrase.devices(devices)
    let (it, they) = devices.count == 1 ? ("it", "it has") : ("them", "they have")
    return switch place {
    case .vfio(let driver):
      "bind \(names) to \(driver) too, or unbind \(it) if the host can do without \(it)"
    case .unbound(let bus):
      "unbind \(names) if the host can do without \(it): no VFIO driver takes devices of bus \(bus)"
    case .denylisted(let isCertain):
      "unbind \(names) or put \(it) on pci-stub, if the host can do without \(it): vfio-pci "
        + (isCertain ? "" : "of some kernels ") + "refuses \(it) by its denylist"
    case .hasVirtualFunctions:
      "\(names) cannot go to vfio-pci while \(they) VFs: VFs can be passed through only from a "
        + "slot where each has a separate group"
    case .uncertain(let refused):
      "unbind \(names) if the host can do without \(it): \(refused.text)"
    }
  }
}
