import HostModel

extension Rule {
  /// An IOMMU is there, nothing switches it off, and yet there is no group.
  static let iommuInactive = Rule(
    slug: "iommu-inactive", severity: .error,
    title: "an IOMMU is there and no group was made",
    page: RulePage(
      meaning: """
        Firmware or driver show an IOMMU, and no option seen switches it off, yet the kernel made no \
        group. The kernel found a fault in the firmware's tables, lacks the driver, or is not allowed \
        to use the IOMMU; its log says which.
        """,
      evidence: [
        "dmesg | grep -i -e DMAR -e AMD-Vi -e iommu",
        "ls /sys/class/iommu /sys/firmware/acpi/tables",
      ],
      remedy: "Read the kernel's log from the boot; look for a firmware update.",
      kernels: "all",
      messages: [
        RulePage.Message("QEMU", "no iommu_group found: No such file or directory"),
        RulePage.Message("kernel", "AMD-Vi: Unknown option - 'on'"),
      ],
      source: "kernel-rules §7.6"),
    findings: { context in
      guard IOMMUAbsence(of: context.host) == .inactive else { return [] }
      let tables = (context.host.firmware.iommuTables.value ?? []).map(\.rawValue).sorted()
      return [
        Finding(
          rule: "iommu-inactive", severity: .error,
          message: tables.isEmpty
            ? "no IOMMU group, and why cannot be seen from here"
            : "no IOMMU group, though the firmware reports an IOMMU "
              + "(\(tables.joined(separator: ", "))) and nothing seen switches it off",
          evidence: tables.map {
            Evidence(path: "sys/firmware/acpi/tables" / $0, value: "present")
          } + [Evidence(path: "sys/kernel/iommu_groups", value: "empty")],
          remedy: "read the kernel's log of this boot: dmesg | grep -i -e DMAR -e AMD-Vi -e iommu",
          symptom: "no iommu_group found: No such file or directory",
          dependsOn: ["the kernel's log, which is not read"])
      ]
    })
}
