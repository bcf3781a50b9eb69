import HostModel

extension Rule {
  /// RESV-DIRECT: the firmware demands a 1:1 mapping for a member (kernel-rules §7.5, §12.1).
  static let reservedDirectRegion = Rule(
    slug: .reservedDirectRegion, severity: .error,
    title: "the firmware reserves memory that a member of the group must reach",
    page: RulePage(
      meaning: """
        Firmware can demand that a device keeps access to a range of memory (Intel RMRR, AMD IVMD, \
        reserved memory on Arm): the group's reserved_regions then has a line that ends in direct. \
        From 6.6 the kernel refuses user space the whole group, whichever member the range belongs \
        to, although binding vfio-pci works and the group counts as viable. Up to 6.5 only Intel's \
        driver refused it. A line that ends in direct-relaxable never refuses anything.
        """,
      evidence: [
        "grep -w direct /sys/kernel/iommu_groups/*/reserved_regions",
        "dmesg | grep -e RMRR -e IVMD -e '1:1 IOMMU mapping'",
      ],
      remedy: """
        Look for a firmware option or update that drops the reservation (on some servers a setting \
        of the management controller), or use a device in another group. There is no kernel option \
        that lifts it safely.
        """,
      kernels: """
        regime of 5.18 and before: Intel EPERM at SET_IOMMU, others accept; 5.19 to 6.1: Intel \
        EPERM at SET_CONTAINER; 6.2 to 6.5: Intel EPERM at SET_IOMMU; from 6.6: EINVAL at \
        SET_CONTAINER with any IOMMU
        """,
      source: "kernel-rules §7.5, §13 cases 26 to 28; iommu.c:__iommu_device_set_domain (from 6.6)"),
    findings: { context in
      context.groups.compactMap { Finding(directRegionOf: $0, in: context) }
    })
}

extension Finding {
  fileprivate init?(directRegionOf group: GroupAssessment, in context: AuditContext) {
    let regions = (group.group.reservedRegions.value ?? []).filter { $0.kind == .direct }
    guard !regions.isEmpty else { return nil }
    let number = group.group.number
    let refusal = group.viability.obstacles.first { $0.reason == .directRegion }
    let fact = "group \(number) has a reserved region of kind direct"
    let message: String
    if let refusal {
      message = "\(fact): \(refusal.refusal.call.rawValue) answers \(refusal.refusal.errno)"
    } else if let unknown = Finding.unknownAboutDirectRegion(of: group) {
      message = "\(fact): \(unknown)"
    } else {
      message = "\(fact), which kernels from 6.6 refuse"
    }
    self.init(
      rule: .reservedDirectRegion,
      severity: Finding.severity(refused: refusal != nil, use: group.use), group: number,
      devices: group.members.map(\.device.name), message: message,
      evidence: regions.map {
        Evidence(path: group.group.path / "reserved_regions", value: $0.description)
      },
      remedy: "look for a firmware option or update that drops the reservation, or use a device "
        + "of another group",
      symptom: refusal?.symptom)
  }

  /// Why it is not known whether the region refuses the group; `nil` when it is.
  private static func unknownAboutDirectRegion(of group: GroupAssessment) -> String? {
    for doubt in group.viability.doubts {
      switch doubt {
      case .unstudied(.directRegionRefusesClaim, _):
        return "whether this kernel refuses it is not known, since its source was not read"
      case .directRegionOfUnknownIOMMU:
        return "on this kernel Intel's IOMMU refuses it and others do not, and which serves the "
          + "group cannot be seen"
      default: continue
      }
    }
    return nil
  }

  /// A group that is not meant for user space has no problem.
  private static func severity(refused: Bool, use: GroupAssignment) -> Severity {
    guard use.isForUserSpace else { return .info }
    return refused ? .error : .warning
  }
}
