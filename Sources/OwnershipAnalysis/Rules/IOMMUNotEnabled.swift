import HostModel

extension Rule {
  /// Intel's IOMMU is there and the kernel leaves it off unless asked.
  static let iommuNotEnabled = Rule(
    slug: .iommuNotEnabled, severity: .error,
    title: "the Intel IOMMU is there and not switched on",
    page: RulePage(
      meaning: """
        The firmware has a DMAR table, so VT-d is enabled there, but the kernel uses it only when \
        its configuration says so (CONFIG_INTEL_IOMMU_DEFAULT_ON) or the command line has \
        intel_iommu=on. AMD's IOMMU needs no option: it is on unless switched off.
        """,
      evidence: [
        "ls /sys/firmware/acpi/tables/DMAR",
        "cat /proc/cmdline",
        "grep INTEL_IOMMU_DEFAULT_ON /boot/config-$(uname -r)",
      ],
      remedy: "Add intel_iommu=on to the kernel's command line and reboot.",
      kernels: "all",
      source: "kernel-rules §7.6, §1.2"),
    findings: { context in
      guard case .notEnabled(let isDefaultKnown)? = IOMMUAbsence(of: context.host) else {
        return []
      }
      return [
        Finding(
          rule: .iommuNotEnabled, severity: .error,
          message: "no IOMMU group: the firmware reports an Intel IOMMU and the kernel is booted "
            + "without intel_iommu=on",
          evidence: [
            Evidence(path: "sys/firmware/acpi/tables/DMAR", value: "present"),
            Evidence(path: "proc/cmdline", value: "no intel_iommu=on"),
            IOMMUAbsence.groupEvidence(of: context.host),
          ],
          remedy: "add intel_iommu=on to the kernel's command line and reboot",
          symptom: "no iommu_group found: No such file or directory",
          dependsOn: isDefaultKnown ? [] : [.defaultOfIntelIOMMU])
      ]
    })
}
