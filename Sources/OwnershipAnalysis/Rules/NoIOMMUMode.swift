import HostModel

extension Rule {
  /// NOIOMMU: VFIO gives out devices that nothing isolates (kernel-rules §7.7, §12.1).
  static let noIOMMUMode = Rule(
    slug: .noIOMMUMode, severity: .critical,
    title: "VFIO gives out devices without an IOMMU",
    page: RulePage(
      meaning: """
        In no-IOMMU mode VFIO makes up a group for a device that no IOMMU isolates. A process that opens it \
        can make the device read and write all memory of the host. The kernel marks itself tainted. \
        Virtual machines cannot be given such a device; DPDK uses it, as root.
        """,
      evidence: [
        "cat /sys/module/vfio/parameters/enable_unsafe_noiommu_mode",
        "ls /dev/vfio/noiommu-*",
      ],
      remedy: """
        Switch the IOMMU on and the mode off. In a virtual machine, give the machine a virtual IOMMU.
        """,
      kernels: """
        all that have CONFIG_VFIO_NOIOMMU; up to 5.17 only where no IOMMU serves the bus, from 5.19 \
        for any device without a group
        """,
      source: "kernel-rules §7.7, §13 cases 44 and 45; vfio_main.c:vfio_noiommu_group_alloc"),
    findings: { context in
      let parameter: HostPath = "sys/module/vfio/parameters/enable_unsafe_noiommu_mode"
      let nodes = (context.host.vfio.groupNodes.value ?? []).filter(\.isNoIOMMU)
      let isEnabled = context.host.vfio.noIOMMUMode.value == true
      guard isEnabled || !nodes.isEmpty else { return [] }
      let given = nodes.map { "/dev/vfio/\($0.name)" }.joined(separator: ", ")
      return [
        Finding(
          rule: .noIOMMUMode, severity: nodes.isEmpty ? .warning : .critical,
          devices: nodes.flatMap { node in
            context.host.group(node.group).map(context.host.members)?.map(\.name) ?? []
          },
          message: nodes.isEmpty
            ? "VFIO's no-IOMMU mode is switched on: the next device bound to vfio-pci without a "
              + "group is given out with access to all memory"
            : "\(given) \(Phrase.verb(nodes)) without an IOMMU: a process that opens it can "
              + "make the device reach all memory of this host",
          evidence: [
            Evidence(
              path: parameter, value: context.host.vfio.noIOMMUMode.value.map { $0 ? "Y" : "N" })
          ] + nodes.map { Evidence(path: "sys/class/vfio" / $0.name, value: "present") },
          remedy: "switch the IOMMU on, then write 0 to \(parameter)",
          symptom: "Adding kernel taint for vfio-noiommu group on device")
      ]
    },
    questions: { context in
      let host = context.host
      if let failure = host.vfio.groupNodes.failure,
        host.groups.contains(where: { host.isMadeUp($0) != false })
      {
        return [
          OpenQuestion(
            rule: .noIOMMUMode, severity: .critical, doubt: .unread(.groupNodes, failure))
        ]
      }
      guard let failure = host.vfio.noIOMMUMode.failure, host.vfio.groupsWithoutIOMMU.isEmpty else {
        return []
      }
      return [
        OpenQuestion(rule: .noIOMMUMode, severity: .warning, doubt: .unread(.noIOMMUMode, failure))
      ]
    })
}
