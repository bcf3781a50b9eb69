import HostModel

extension Rule {
  /// The firmware does not report an IOMMU: it is off in the set-up, or not there.
  static let iommuNotReported = Rule(
    slug: .iommuNotReported, severity: .error,
    title: "the firmware reports no IOMMU",
    page: RulePage(
      meaning: """
        The kernel learns of an IOMMU from firmware tables: DMAR on Intel, IVRS on AMD, IORT on Arm if \
        it has a node for an SMMU, VIOT for virtio-iommu. This host has none of them. Either the IOMMU is switched off in the \
        firmware set-up, or there is none. A virtual machine has one only if it was given one.
        """,
      evidence: [
        "ls /sys/firmware/acpi/tables",
        "ls /sys/class/iommu /sys/kernel/iommu_groups",
      ],
      remedy: """
        Enable VT-d (Intel) or AMD-Vi/IOMMU (AMD) in the firmware set-up. In a virtual machine add a \
        virtual IOMMU: in QEMU -device intel-iommu,intremap=on or -device virtio-iommu-pci. Options on \
        the command line do not help: amd_iommu=on is not an option, and iommu=pt does not switch the IOMMU on.
        """,
      kernels: "all",
      source: "kernel-rules §7.6, §6.1 row 5"),
    findings: { context in
      guard case .notReported(let isVirtualMachine)? = IOMMUAbsence(of: context.host) else {
        return []
      }
      let isGivenWithoutIOMMU =
        context.host.vfio.noIOMMUMode.value == true
        || !context.host.vfio.groupsWithoutIOMMU.isEmpty
      return [
        Finding(
          rule: .iommuNotReported, severity: .error,
          message: (isVirtualMachine
            ? "no IOMMU group: this is a virtual machine without a virtual IOMMU"
            : "no IOMMU group: the firmware reports no IOMMU")
            + (isGivenWithoutIOMMU
              ? ", so VFIO gives devices out without isolation" : ", so VFIO can take no device"),
          evidence: tableEvidence(of: context.host) + [
            IOMMUAbsence.groupEvidence(of: context.host)
          ],
          remedy: isVirtualMachine
            ? "give the machine a virtual IOMMU (QEMU: -device intel-iommu,intremap=on or "
              + "-device virtio-iommu-pci); where its host is out of reach, "
              + NoIOMMUGroupAdvice.noIOMMUMode(on: context.host)
            : "enable VT-d (Intel), AMD-Vi (AMD) or the SMMU (Arm) in the firmware set-up, then reboot",
          symptom: isGivenWithoutIOMMU ? nil : "no iommu_group found: No such file or directory")
      ]
    })

  private static func tableEvidence(of host: ObservedHost) -> [Evidence] {
    let directory: HostPath = "sys/firmware/acpi/tables"
    guard host.firmware.iommuTables.value?.contains(.iort) == true else {
      return [Evidence(path: directory, value: "no DMAR, IVRS, IORT, VIOT or RIMT")]
    }
    return [
      Evidence(path: directory, value: "no DMAR, IVRS, VIOT or RIMT"),
      Evidence(path: directory / Firmware.IOMMUTable.iort.rawValue, value: "no node of an SMMU"),
    ]
  }
}
