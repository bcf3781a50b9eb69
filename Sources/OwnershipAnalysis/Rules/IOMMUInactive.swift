import HostModel

extension Rule {
  /// No group, and nothing seen that explains it.
  static let iommuInactive = Rule(
    slug: .iommuInactive, severity: .error,
    title: "the host has no IOMMU group, and the cause is not visible",
    page: RulePage(
      meaning: """
        The firmware or a driver shows an IOMMU, and no option seen switches it off, yet the kernel made no \
        group. The kernel found a fault in the firmware's tables, lacks the driver, or is not allowed \
        to use the IOMMU; its log says which. On Arm the table IORT also describes the \
        interrupt controller, so only its nodes, which need root to read, show whether there is an \
        SMMU. Where the firmware's tables cannot be seen, as in a container or on a machine with a \
        device tree, it is not known whether there is an IOMMU.
        """,
      evidence: [
        "dmesg | grep -i -e DMAR -e AMD-Vi -e iommu",
        "ls /sys/class/iommu /sys/firmware/acpi/tables",
      ],
      remedy: """
        Read the kernel's log from the boot; look for a firmware update. In a container, ask on the \
        host itself.
        """,
      kernels: "all",
      source: "kernel-rules §7.6"),
    findings: { context in
      guard IOMMUAbsence(of: context.host) == .inactive else { return [] }
      return [Finding(inactiveOn: context.host)]
    },
    questions: { context in
      guard context.host.hasIsolatedGroup == nil, let doubt = context.host.doubtOfIsolation else {
        return []
      }
      return [OpenQuestion(rule: .iommuInactive, severity: .error, doubt: doubt)]
    })
}

extension Finding {
  fileprivate init(inactiveOn host: ObservedHost) {
    let directory: HostPath = "sys/firmware/acpi/tables"
    let message: String
    let evidence: [Evidence]
    var remedy = "read the kernel's log of this boot: dmesg | grep -i -e DMAR -e AMD-Vi -e iommu"
    switch host.firmware.iommuTables {
    case .value where !host.firmware.certainIOMMUTables.isEmpty:
      let names = host.firmware.certainIOMMUTables.map(\.rawValue).sorted()
      message =
        "no IOMMU group, though the firmware reports an IOMMU (\(names.joined(separator: ", "))) "
        + "and nothing seen switches it off"
      evidence = names.map { Evidence(path: directory / $0, value: "present") }
    case .value where host.firmware.doubtOfSMMU != nil:
      let table = directory / Firmware.IOMMUTable.iort.rawValue
      let failure = host.firmware.doubtOfSMMU.map { ": \($0)" } ?? ""
      message =
        "no IOMMU group, and whether the firmware reports an IOMMU could not be read\(failure)"
      evidence = [
        Evidence(path: table, value: "present, but this does not show whether there is an SMMU")
      ]
      if case .refused = host.firmware.doubtOfSMMU { remedy = "read the table as root; \(remedy)" }
    case .value:
      message = "no IOMMU group; the cause is not visible from here"
      evidence = []
    case .absent:
      message =
        "no IOMMU group, and no firmware tables are visible: this is a container, or a "
        + "machine with a device tree"
      evidence = [Evidence(path: directory, value: nil)]
      remedy =
        "in a container ask on the host itself; else read the kernel's log of this boot: "
        + "dmesg | grep -i iommu"
    case .unread(let failure):
      message = "no IOMMU group, and the firmware's tables could not be read: \(failure)"
      evidence = []
    }
    self.init(
      rule: .iommuInactive, severity: .error, message: message,
      evidence: evidence + [IOMMUAbsence.groupEvidence(of: host)], remedy: remedy,
      symptom: "no iommu_group found: No such file or directory",
      dependsOn: host.kernel.commandLine.failure.map { [.unread(.commandLine, $0)] } ?? []
        + [.kernelLog])
  }
}
