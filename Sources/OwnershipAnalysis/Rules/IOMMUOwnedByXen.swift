import HostModel

extension Rule {
  /// Xen's control domain has no groups, and gives devices away in another manner.
  static let iommuOwnedByXen = Rule(
    slug: .iommuOwnedByXen, severity: .error,
    title: "Xen owns the IOMMU, and VFIO does not apply",
    page: RulePage(
      meaning: """
        In Xen's control domain (dom0) the hypervisor uses the IOMMU. The kernel sees none, makes no \
        group, and VFIO can take no device. That is as it should be: Xen gives devices to its guests \
        by itself, from the driver pciback. A group that is missing here is no fault of the firmware.
        """,
      evidence: [
        "cat /proc/xen/capabilities", "ls /sys/bus/pci/drivers/pciback", "xl info | grep virt_caps",
      ],
      remedy: """
        Use Xen's tools: xl pci-assignable-add ADDRESS, then pci = [ "ADDRESS" ] in the guest's \
        configuration. Whether Xen found an IOMMU is in its log: xl dmesg. For VFIO boot the kernel \
        without Xen.
        """,
      kernels: "all",
      source: "kernel-rules §5.1, §6.1 row 5; xen-pciback/pci_stub.c:xen_pcibk_init"),
    findings: { context in
      guard IOMMUAbsence(of: context.host) == .ownedByXen else { return [] }
      return [
        Finding(
          rule: .iommuOwnedByXen, severity: .error,
          message:
            "no IOMMU group: this is Xen's control domain, where Xen owns the IOMMU and VFIO "
            + "does not apply",
          evidence: [
            Evidence(path: "sys/bus/pci/drivers/pciback", value: "present"),
            IOMMUAbsence.groupEvidence(of: context.host),
          ],
          remedy: "give devices to guests with xl pci-assignable-add, or boot without Xen",
          symptom: "no iommu_group found: No such file or directory")
      ]
    })
}
