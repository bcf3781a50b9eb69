import HostModel

extension MessageForms {
  /// What shells, tee and scripting languages print when a file of sysfs or `/dev/vfio` refuses.
  static let shell = MessageForms(
    "shell", nodes + drivers + attributes + writes + commands + remnants)

  private static let nodes: [MessageForm] = [
    MessageForm("/dev/vfio/{group}: {errno}", cases: .groupNode),
    MessageForm("Errno {errno}: '/dev/vfio/{group}'", cases: .groupNode),
    MessageForm("/dev/vfio/{group} does not exist", .groupHasNoNode, .nodeNotAccessible),
    MessageForm("/dev/vfio/vfio: {errno}", cases: .containerNode),
    MessageForm("Errno {errno}: '/dev/vfio/vfio'", cases: .containerNode),
    MessageForm("/dev/vfio/vfio device not found", .vfioNotLoaded, .nodeNotAccessible),
    MessageForm("/dev/vfio/vfio does not exist", .vfioNotLoaded, .nodeNotAccessible),
    MessageForm("/dev/vfio/devices/{word}: {errno}", cases: .deviceNode),
    MessageForm("Errno {errno}: '/dev/vfio/devices/{word}'", cases: .deviceNode),
    MessageForm("/dev/iommu: {errno}", cases: .deviceNode),
    // `noiommu-0`
    MessageForm("/dev/vfio/{word}: {errno}", cases: .nodeWithoutIOMMU),
  ]

  private static let drivers: [MessageForm] = [
    MessageForm("/sys/bus/pci/drivers/{driver}/bind: {errno}", cases: .bind),
    MessageForm(
      "no such file or directory: /sys/bus/pci/drivers/{driver}/bind",
      cases: [.of(.vfio, [.vfioNotLoaded])]),
    MessageForm(
      "permission denied: /sys/bus/pci/drivers/{driver}/bind", .sysfsNotWritable),
    MessageForm("/sys/bus/pci/drivers/{driver}/unbind: {errno}", cases: access),
    MessageForm(
      "/sys/bus/pci/drivers/{driver}/new_id: {errno}",
      cases: [
        .on(.exists, to: [.dynamicIDExists]),
        .on(.noSuchFile, of: .vfio, to: [.vfioNotLoaded]),
      ] + access),
    MessageForm(
      "/sys/bus/pci/drivers_probe: {errno}",
      cases: [
        .on(.invalid, to: [.driverlessMemberOfClaimedGroup] + .vfioRefusals)
      ] + access),
  ]

  private static let attributes: [MessageForm] = [
    MessageForm("/driver_override: {errno}", cases: access),
    MessageForm("/sriov_numvfs: {errno}", cases: access + [.otherwise([.sriovRefused])]),
    MessageForm(
      "/sys/kernel/iommu_groups/{group}/type: {errno}",
      cases: access + [.on(.operationNotPermitted, .busy, .invalid, to: [.groupTypeInUse])]),
  ]

  private static let writes: [MessageForm] = [
    MessageForm("{write}: {errno}", cases: .anyWrite),
    MessageForm("write: {errno}", cases: .anyWrite),
    // dash and ash print no errno.
    MessageForm(
      "echo: I/O error", .noIOMMUGroup, .denylistedDevice, .kernelDriverInClaimedGroup,
      .driverDoesNotMatch, .dynamicIDExists),
  ]

  /// The command that was typed, and the shell's answer below it: `echo X > FILE`.
  private static let commands: [MessageForm] = [
    MessageForm("/sys/bus/pci/drivers/{driver}/bind … {write}: {errno}", cases: .bind),
    MessageForm(
      "/sys/bus/pci/drivers/{driver}/new_id … {write}: {errno}",
      cases: [.on(.exists, to: [.dynamicIDExists])]),
    MessageForm(
      "/sys/bus/pci/drivers_probe … {write}: {errno}",
      cases: [.on(.invalid, to: [.driverlessMemberOfClaimedGroup] + .vfioRefusals)]),
    MessageForm(
      "/sriov_numvfs … {write}: {errno}", cases: [.otherwise([.sriovRefused])]),
    MessageForm(
      "/sys/kernel/iommu_groups/{group}/type … {write}: {errno}",
      cases: [.otherwise([.groupTypeInUse])]),
  ]

  /// What is left of a message in the words of a tool that is not known: the file and the errno.
  private static let remnants: [MessageForm] = [
    .hint("/dev/vfio/{group} … {errno}", cases: .groupNode),
    .hint("/dev/vfio/vfio … {errno}", cases: .containerNode),
    .hint("/sys/bus/pci/drivers/{driver}/bind … {errno}", cases: .bind),
    .hint("bind … to {driver} … {errno}", cases: .bind),
    .hint(
      "/sys/bus/pci/drivers/{driver}/new_id … {errno}",
      cases: [.on(.exists, to: [.dynamicIDExists])]),
    .hint("sriov_numvfs … {errno}", cases: [.otherwise([.sriovRefused])]),
  ]

  private static let access: [MessageCase] = [
    .on(.permissionDenied, .readOnly, to: [.sysfsNotWritable])
  ]
}
