import HostModel

extension Rule {
  /// A group is given to user space and no container can be set up (kernel-rules §7.1).
  static let noContainerBackend = Rule(
    slug: .noContainerBackend, severity: .error,
    title: "vfio_iommu_type1 is not loaded",
    page: RulePage(
      meaning: """
        A group that is opened through /dev/vfio/vfio needs the module vfio_iommu_type1, which does \
        the mapping of memory. It is a separate module: loading vfio-pci loads it only where \
        modprobe knows of the dependency. Without it the container offers no IOMMU type, whatever \
        the bindings. Programs that use iommufd and the device nodes do not need it.
        """,
      evidence: [
        "ls /sys/module/vfio_iommu_type1", "lsmod | grep vfio",
        "grep CONFIG_VFIO_IOMMU_TYPE1 /boot/config-$(uname -r)",
      ],
      remedy: """
        modprobe vfio_iommu_type1, and name it in /etc/modules-load.d so that it is there after a \
        reboot.
        """,
      kernels: "all on x86 and Arm",
      source: "kernel-rules §7.1, §7.3; container.c:vfio_ioctl_check_extension"),
    findings: { context in
      guard conditions(on: context.host).hold else { return [] }
      let given = given(in: context)
      guard let first = given.first else { return [] }
      return [
        Finding(
          rule: .noContainerBackend, severity: .error,
          devices: given.flatMap { $0.vfioBound.map(\.device.name) },
          message: "vfio_iommu_type1 is not loaded: group \(first.group.number)"
            + (given.count > 1 ? " and \(given.count - 1) more" : "")
            + " can be opened, but not be given an IOMMU",
          evidence: [Evidence(path: "sys/module/vfio_iommu_type1/parameters", value: nil)],
          remedy: "modprobe vfio_iommu_type1",
          symptom: "No available IOMMU models")
      ]
    },
    questions: { context in
      guard let doubt = conditions(on: context.host).doubt, !given(in: context).isEmpty else {
        return []
      }
      return [OpenQuestion(rule: .noContainerBackend, severity: .error, doubt: doubt)]
    })

  /// iommufd has its own mapping of memory.
  private static func conditions(on host: ObservedHost) -> Conditions {
    var conditions = Conditions()
    conditions.require(host.vfio.unsafeInterrupts, .unsafeInterrupts) { $0 == nil }
    conditions.require(host.vfio.hasIOMMUFD, .iommufd) { $0 != true }
    return conditions
  }

  /// Groups for user space; no-IOMMU mode needs no mapping, and who holds a group has one.
  private static func given(in context: AuditContext) -> [GroupAssessment] {
    context.groups.filter { !$0.vfioBound.isEmpty && !$0.isMadeUp && !$0.isHeld }
  }
}
