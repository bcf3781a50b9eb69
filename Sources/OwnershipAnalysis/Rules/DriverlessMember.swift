import HostModel

extension Rule {
  /// FREE-MEMBER: a driverless member beside a VFIO member, group not claimed (§12.1).
  static let driverlessMember = Rule(
    slug: .driverlessMember, severity: .info,
    title: "a member without a driver leaves the group viable, for now",
    page: RulePage(
      meaning: """
        A member without a driver does not keep user space out. Two things are worth knowing. A \
        kernel driver that binds it later, by a module load or a rescan, is not refused while the \
        group is closed, and makes the group not viable without any message. And the user of the \
        group can reach this device by peer-to-peer DMA, since nothing isolates members from each \
        other.
        """,
      evidence: [
        "ls -l /sys/kernel/iommu_groups/13/devices/*/driver",
        "cat /sys/bus/pci/devices/0000:01:00.1/driver_override",
      ],
      remedy: "Write vfio-pci to its driver_override, so that no kernel driver takes it.",
      kernels: "all",
      source: "kernel-rules §12.1, §13 cases 2 and 20"),
    findings: { context in
      context.groups.filter {
        !$0.vfioBound.isEmpty && !$0.isInUse
      }
      .flatMap { group in
        group.members.filter {
          $0.policy == .none && $0.device.driver.isAbsent && !$0.isBridge
        }.map { member in
          Finding(
            rule: .driverlessMember, severity: .info, group: group.group.number,
            devices: [member.device.name],
            message: "\(member.device.name) of group \(group.group.number) has no driver: the "
              + "group can be opened, and its user can reach this device by peer-to-peer DMA",
            evidence: [
              member.driverEvidence, AutoprobeExposure(of: member, in: context).evidence,
            ],
            remedy: remedy(for: member.device))
        }
      }
    })

  private static func remedy(for device: Device) -> String {
    let file = device.path / "driver_override"
    guard device.header.failure == nil else {
      return "see whether it is a bridge, which could not be read: vfio-pci refuses one"
    }
    return "write \(generalDriver(of: device.bus)) to \(file) to keep kernel drivers from taking it"
  }

  private static func generalDriver(of bus: BusName) -> DriverName {
    DriverProfiles.generalVFIODriver(of: bus, in: nil) ?? "vfio-pci"
  }
}
