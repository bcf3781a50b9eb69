import HostModel

extension Rule {
  /// LIVE-MIX: a driver could bind into a live group by itself, which crashes old kernels (§12.1).
  static let liveGroupAutoprobe = Rule(
    slug: .liveGroupAutoprobe, severity: .critical,
    title: "a driver that binds by itself into the open group would crash the kernel",
    page: RulePage(
      meaning: """
        Up to 5.18 the kernel notices a kernel driver in a group that user space uses only after \
        the driver has bound, and stops with a BUG. A member without a driver and without \
        driver_override is open to that: loading a module, a hot-plug event or a write to \
        drivers_probe is enough.
        """,
      evidence: [
        "cat /sys/bus/pci/devices/0000:01:00.1/driver_override",
        "cat /sys/bus/pci/drivers_autoprobe",
        "grep vfio /proc/interrupts",
      ],
      remedy: """
        Name vfio-pci or pci-stub in the member's driver_override now: only that driver can bind \
        it then. Reading and writing driver_override does not disturb the open group.
        """,
      kernels: "up to 5.18; from 5.19 the bind is refused with EBUSY",
      source: "kernel-rules §2.1; vfio.c:vfio_iommu_group_notifier (5.10 to 5.17)"),
    findings: { context in
      guard context.behavior.regime == .viabilityAtOpen else { return [] }
      return context.groups.filter { $0.claim.state == .claimed }.flatMap { group in
        group.members.filter { AutoprobeExposure(of: $0, in: context).isExposed }.map { member in
          Finding(
            rule: .liveGroupAutoprobe, severity: .critical, group: group.group.number,
            devices: [member.device.name],
            message: "group \(group.group.number) is in use and \(member.device.name) has no "
              + "driver: a kernel driver that binds it crashes this kernel",
            evidence: group.claim.evidence
              + [member.driverEvidence, AutoprobeExposure(of: member, in: context).evidence],
            remedy: "write vfio-pci or pci-stub to \(member.device.path / "driver_override")",
            symptom: "kernel BUG at drivers/vfio/vfio.c")
        }
      }
    },
    questions: { context in
      let doubtOfKernel: Doubt? = context.behavior.regime == .unknown ? .kernelUnknown : nil
      guard context.behavior.regime == .viabilityAtOpen || doubtOfKernel != nil else { return [] }
      return context.groups.flatMap { group -> [OpenQuestion] in
        let doubtOfUse = group.doubtOfUse(on: context.host)
        guard group.claim.state == .claimed || doubtOfUse != nil else { return [] }
        return group.members.compactMap { member in
          let exposure = AutoprobeExposure(of: member, in: context)
          let open = exposure.doubt ?? (exposure.isExposed ? doubtOfUse ?? doubtOfKernel : nil)
          return open.map {
            OpenQuestion(
              rule: .liveGroupAutoprobe, severity: .critical, group: group.group.number,
              devices: [member.device.name], doubt: $0)
          }
        }
      }
    })
}
