import HostModel

extension Rule {
  /// MID-UNBIND: a device is half unbound (kernel-rules §8.3, §9.2, §12.1).
  static let unbindInProgress = Rule(
    slug: .unbindInProgress, severity: .warning,
    title: "an unbind is waiting for the user of a device",
    page: RulePage(
      meaning: """
        An unbind from a VFIO driver is never refused, it waits until the device is released, for as \
        long as a virtual machine runs. The driver link vanishes at its start, so the device looks \
        free and is not. Meanwhile the kernel holds the device's lock: binding it, reading its \
        driver_override on most kernels, and sriov_numvfs on all, hang with it.
        """,
      evidence: [
        "ls /sys/class/vfio /sys/bus/pci/devices/0000:01:00.0/vfio-dev",
        "ps -eo pid,stat,wchan:32,args | grep -e vfio -e unbind",
        "dmesg | grep 'blocked until device is released'",
      ],
      remedy: "Stop the virtual machine or program that holds the device; the unbind then ends.",
      kernels: "all; vfio-dev stays during the wait up to 6.4 and is removed before it from 6.6",
      source: "kernel-rules §8.4, §9.2, §13 cases 23 and 37; vfio_main.c:vfio_unregister_group_dev"),
    findings: { context in
      halfUnboundDevices(in: context) + groupsOfNobody(in: context)
    })

  /// A device without a driver that VFIO still has registered, or whose lock is held.
  private static func halfUnboundDevices(in context: AuditContext) -> [Finding] {
    context.host.devices.compactMap { device in
      if device.isHalfUnbound {
        return Finding(halfUnbound: device, nodes: device.vfioDevices.value ?? [])
      }
      return device.isLocked ? Finding(halfUnbound: device, nodes: []) : nil
    }
  }

  /// A group whose node is there though no member is on a VFIO driver.
  private static func groupsOfNobody(in context: AuditContext) -> [Finding] {
    context.groups.filter { group in
      group.vfioBound.isEmpty
        && group.unbindSigns.hasNodeOfNobody
    }.map { Finding(nodeOfNobody: $0, in: context) }
  }
}

extension Finding {
  fileprivate init(halfUnbound device: Device, nodes: [VFIODeviceNode]) {
    let state =
      device.driver.isAbsent ? "has lost its driver" : "is being bound, unbound or changed"
    self.init(
      rule: .unbindInProgress, severity: .warning, group: device.group.value,
      devices: [device.name],
      message: nodes.isEmpty
        ? "\(device.name) \(state) and the kernel holds its lock"
        : "\(device.name) \(state) and is still registered with VFIO: an unbind waits for its user",
      evidence: [Evidence(path: device.path / "driver", value: device.driver.value?.text)]
        + nodes.map { Evidence(path: device.path / "vfio-dev" / $0.name.text, value: "present") },
      remedy:
        "stop the process that holds the device; do not write to it meanwhile, the write would hang",
      symptom: "blocked until device is released")
  }

  fileprivate init(nodeOfNobody group: GroupAssessment, in context: AuditContext) {
    let number = group.group.number
    // Up to 6.0 the node also stays while a process holds an old group file (§8.1).
    let canBeStale = !context.behavior.has(.vfioDeviceDirectory)
    self.init(
      rule: .unbindInProgress, severity: .warning, group: number,
      devices: group.members.map(\.device.name),
      message: "/dev/vfio/\(number) is there though no device of the group is on a VFIO driver: "
        + (canBeStale
          ? "an unbind waits, or a process holds the old group file"
          : "an unbind waits for the device's user"),
      evidence: [Evidence(path: "sys/class/vfio" / number.description, value: "present")]
        + group.members.map(\.driverEvidence),
      remedy: "find the holder with fuser -v /dev/vfio/\(number) and stop it",
      symptom: "blocked until device is released")
  }
}
