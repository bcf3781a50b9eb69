import HostModel

extension Rule {
  /// MULTI-OWNER: members of one group used through two owners (kernel-rules §12.1).
  static let multipleOwners = Rule(
    slug: .multipleOwners, severity: .warning,
    title: "several processes hold devices of one group",
    page: RulePage(
      meaning: """
        A group has one owner. Two devices of it can be given to one iommufd, not to two, and a \
        group opened through its node cannot be used through device nodes as well. The second comer \
        gets EPERM or EBUSY, although each device alone is bound as it should be.
        """,
      evidence: [
        "ls -l /proc/*/fd 2>/dev/null | grep -e /dev/vfio/ -e /dev/iommu",
        "ls -d /sys/kernel/iommu_groups/13/devices/*",
      ],
      remedy: "Give all devices of the group to the same virtual machine, by the same way.",
      kernels: "from 6.6, where each device has a separate node",
      source: "kernel-rules §7.4, §13 cases 31 and 32; iommufd/device.c:iommufd_device_bind"),
    findings: { context in
      context.groups.compactMap { group in
        let files = group.openFiles
        guard files.showSeveralOwners else { return nil }
        let holders = files.holders
        return Finding(
          rule: .multipleOwners, severity: .warning, group: group.group.number,
          devices: group.vfioBound.map(\.device.name),
          message: "group \(group.group.number) is held by \(holders.joined(separator: ", ")): "
            + "if they do not share one owner, the second is refused",
          evidence: files.evidence,
          remedy: "give all devices of the group to one of them, through the same kind of node",
          symptom: "error bind device: Operation not permitted",
          dependsOn: [.sharedIOMMUFDUnseen])
      }
    })
}

extension OpenFiles {
  /// Different device nodes in different processes, or a device node beside the group's own. One
  /// node in several processes is one file that was passed on.
  fileprivate var showSeveralOwners: Bool {
    let nodes = deviceNodesByProcess
    let groupHolders = processesWithGroupNode
    if nodes.keys.contains(where: { process in groupHolders.contains { $0 != process } }) {
      return true
    }
    return Set(nodes.values).count > 1
  }
}
