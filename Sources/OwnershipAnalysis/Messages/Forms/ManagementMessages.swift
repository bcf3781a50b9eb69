import HostModel

extension MessageForms {
  /// KubeVirt, Harvester and what container runtimes written in Go print.
  static let kubernetes = MessageForms(
    "Kubernetes",
    [
      MessageForm("pcidevice {device} has no iommuGroup available", .noIOMMUGroup),
      MessageForm("lstat /dev/vfio/devices/{word}: {errno}", cases: .deviceNode),
    ])

  /// A check that several tools copied from each other; it counts bridges too.
  static let checkers = MessageForms(
    "PCILeech",
    [
      MessageForm(
        "IOMMU group {group} has devices not bound to vfio-pci", .mixedGroup, .bridgeMember),
      MessageForm(
        "All devices in an IOMMU group must be bound to vfio-pci", .mixedGroup, .bridgeMember),
    ])

  static let driverctl = MessageForms(
    "driverctl",
    [
      MessageForm(
        "failed to bind device {device} to driver {driver}",
        cases: [
          .of(.vfio, .vfioRefusals + [.driverDoesNotMatch, .pfWithVFs]),
          .of(.other, [.kernelDriverInClaimedGroup, .driverProbeFailed]),
        ]),
      MessageForm("no such module: {driver}", cases: [.of(.vfio, [.vfioNotLoaded])]),
      MessageForm("driverctl: no such device: {device}", .deviceMoved),
    ])

  /// kmod
  static let modprobe = MessageForms(
    "modprobe",
    [
      MessageForm(
        "Module {driver} not found in directory", cases: [.of(.vfio, [.vfioNotLoaded])]),
      MessageForm(
        "could not load module {driver}: {errno}", cases: [.of(.vfio, [.vfioNotLoaded])]),
      MessageForm(
        "could not insert '{driver}': {errno}", cases: [.of(.vfio, [.vfioNotLoaded])]),
      MessageForm(
        "Module {driver} is in use",
        cases: [.of(.vfio, [.groupInUse]), .of(.other, [.hostUsesDevice])]),
    ])
}
