import HostModel

extension Rule {
  /// An option makes the kernel leave the IOMMU alone.
  static let iommuDisabledOnCommandLine = Rule(
    slug: .iommuDisabledOnCommandLine, severity: .error,
    title: "the kernel's command line switches the IOMMU off",
    page: RulePage(
      meaning: """
        iommu=off, intel_iommu=off or amd_iommu=off on the kernel's command line keeps the IOMMU \
        from being used. Without it there are no groups, and VFIO cannot take a device.
        """,
      evidence: ["cat /proc/cmdline"],
      remedy: """
        Remove the option from the boot loader's configuration (GRUB_CMDLINE_LINUX in \
        /etc/default/grub, then update-grub; or /etc/kernel/cmdline), and reboot.
        """,
      kernels: "all",
      source: "kernel-rules §7.6"),
    findings: { context in
      guard case .disabledOnCommandLine(let option)? = IOMMUAbsence(of: context.host) else {
        return []
      }
      return [
        Finding(
          rule: .iommuDisabledOnCommandLine, severity: .error,
          message: "no IOMMU group: the kernel is booted with \(option)",
          evidence: [
            Evidence(path: "proc/cmdline", value: option),
            IOMMUAbsence.groupEvidence(of: context.host),
          ],
          remedy: "remove \(option) from the boot loader's configuration and reboot",
          symptom: "no iommu_group found: No such file or directory")
      ]
    })
}
