import HostModel

extension Rule {
  /// OPEN-ELSEWHERE: a process holds the group or a device of it (kernel-rules §12.1).
  static let groupInUse = Rule(
    slug: .groupInUse, severity: .warning,
    title: "a process holds the group, and no other can open it",
    page: RulePage(
      meaning: """
        A VFIO group can be opened once. While a virtual machine or another program holds its node \
        or, through iommufd, one of its devices, every other open is refused with EBUSY, and an \
        unbind of an open device waits until it is released. Group numbers change between boots, so \
        a wrong number in a configuration looks the same.
        """,
      evidence: [
        "ls -l /proc/*/fd 2>/dev/null | grep /dev/vfio/",
        "fuser -v /dev/vfio/13",
        "grep vfio /proc/interrupts",
      ],
      remedy: """
        If the holder is the program that should have it, all is well. Else stop it; do not unbind \
        the device while it is open, the unbind would wait for it.
        """,
      kernels: "all",
      source: "kernel-rules §2.3, §7.1, §8.3, §9.2; group.c:vfio_group_fops_open"),
    findings: { context in
      context.groups.compactMap { group in
        guard group.isInUse else { return nil }
        return Finding(inUse: group)
      }
    })
}

extension Finding {
  fileprivate init(inUse group: GroupAssessment) {
    let files = group.openFiles
    let holders = group.claim.holders
    let number = group.group.number
    let who =
      holders.isEmpty
      ? "in use by a process that cannot be seen from here"
      : "held by \(holders.joined(separator: ", "))"
    let sure = group.claim.certainty == .likely && holders.isEmpty ? "very likely " : ""
    self.init(
      rule: .groupInUse, severity: .warning, group: number,
      devices: group.vfioBound.map(\.device.name),
      message: "group \(number) is \(sure)\(who): \(Finding.consequence(of: files))",
      evidence: group.claim.state == .claimed ? group.claim.evidence : files.evidence,
      remedy: "nothing if that is its virtual machine; else stop it before touching the group",
      symptom: "/dev/vfio/\(number): Device or resource busy")
  }

  /// A device node that is only open does not block the group's node (§13 case 32).
  private static func consequence(of files: OpenFiles) -> String {
    let isNodeOnly = files.holdsDeviceNode && !files.holdsGroupNode && !files.holdsDevice
    return isNodeOnly
      ? "an unbind of an open device waits"
      : "another open answers EBUSY, an unbind of an open device waits"
  }
}
