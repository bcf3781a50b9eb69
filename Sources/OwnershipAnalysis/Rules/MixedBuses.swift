import HostModel

extension Rule {
  /// MULTIBUS: members on different buses (kernel-rules §7.3 row 2, §12.1).
  static let mixedBuses = Rule(
    slug: .mixedBuses, severity: .error,
    title: "members of the group sit on different buses",
    page: RulePage(
      meaning: """
        A group can hold devices of several buses, such as a platform device beside PCI functions. \
        Up to 5.19 a VFIO container refuses such a group. From 6.0 it is accepted, but libvirt does \
        not handle members that are not PCI devices. Their drivers count like any other's.
        """,
      evidence: ["readlink /sys/kernel/iommu_groups/13/devices/*"],
      remedy: "Run a kernel from 6.0, or use a device of another group.",
      kernels: "refused up to 5.19, accepted from 6.0",
      source: "kernel-rules §1.2 F9, §7.3 row 2; type1.c:vfio_iommu_type1_attach_group (up to 5.19)"
    ),
    findings: { context in
      context.groups.compactMap { group in
        let buses = Set(group.members.map(\.device.bus))
        return buses.count > 1 ? Finding(mixedBuses: buses, of: group) : nil
      }
    })
}

extension Finding {
  fileprivate init(mixedBuses buses: Set<BusName>, of group: GroupAssessment) {
    let refusal = group.viability.obstacles.first { $0.reason == .mixedBuses }
    let names = buses.sorted().map(\.text).joined(separator: ", ")
    let fact = "group \(group.group.number) has members on several buses (\(names))"
    self.init(
      rule: .mixedBuses,
      severity: refusal != nil && group.use.isForUserSpace ? .error : .info,
      group: group.group.number, devices: group.members.map(\.device.name),
      message: refusal.map { "\(fact): \($0.refusal.call.rawValue) answers \($0.refusal.errno)" }
        ?? "\(fact): the kernel accepts it, libvirt does not handle members that are not PCI",
      evidence: group.group.members.map {
        Evidence(
          path: group.group.path / "devices" / $0.linkName.text, value: $0.device.description)
      },
      remedy: refusal == nil
        ? "start the virtual machine without libvirt's managed mode if libvirt complains"
        : "run a kernel from 6.0, or use a device of another group",
      symptom: refusal?.symptom)
  }
}
