import HostModel

/// hw/vfio of QEMU: containers and groups, then iommufd (from 9.0). Up to 2.12 a line begins with
/// `vfio error: 0000:01:00.0:`, later with `vfio 0000:01:00.0:`.
extension MessageForms {
  static let qemu = MessageForms("QEMU", groups + containers + devices + iommufd + resets)

  private static let groups: [MessageForm] = [
    MessageForm("group {group} is not viable", cases: [.otherwise(.notViable)]),
    .hint(
      "Please ensure all devices within the iommu_group are bound to their vfio bus driver.",
      .mixedGroup),
    MessageForm("failed to open /dev/vfio/{group}: {errno}", cases: .groupNode),
    MessageForm(
      "failed to get group {group} status: {errno}",
      cases: [.otherwise([.unbindInProgress, .deviceNotOnVFIO])]),
    MessageForm("group {group} used in multiple address spaces", .guestSplitsGroup),
    MessageForm(
      "no iommu_group found: {errno}",
      cases: [.on(.noSuchFile, to: [.noIOMMUGroup] + .absentIOMMU)]),
  ]

  private static let containers: [MessageForm] = [
    MessageForm("failed to open /dev/vfio/vfio: {errno}", cases: .containerNode),
    MessageForm("No available IOMMU models", .noContainerBackend, .noIOMMUMode),
    MessageForm(
      "failed to setup container for group {group}: No available IOMMU models",
      .noContainerBackend, .noIOMMUMode),
    MessageForm(
      "failed to setup container for group {group}: Failed to set group container: {errno}",
      cases: .setContainer),
    MessageForm("failed to set group container: {errno}", cases: .setContainer),
    MessageForm(
      "failed to setup container for group {group}: Failed to set iommu for container: {errno}",
      cases: .setIOMMU),
    MessageForm("failed to set iommu for container: {errno}", cases: .setIOMMU),
    MessageForm(
      "VFIO_MAP_DMA failed: {errno}", cases: [.on(.noMemory, to: [.memoryLockLimit])]),
    MessageForm("vfio_dma_map(…) = {-errno}", cases: [.on(.noMemory, to: [.memoryLockLimit])]),
    MessageForm(
      "vfio_container_dma_map(…) = {-errno}", cases: [.on(.noMemory, to: [.memoryLockLimit])]),
  ]

  private static let devices: [MessageForm] = [
    MessageForm("error getting device from group {group}: {errno}", cases: .getDevice),
    .hint(
      "Verify all devices in group {group} are bound to vfio-<bus> or pci-stub and not already "
        + "in use", .deviceNotOnVFIO, .groupInUse, .vendorDriverRefused),
    // Copied without the beginning of its line.
    .hint(
      "Input/output error Verify all devices in group {group} are bound to vfio-<bus> or pci-stub "
        + "and not already in use", .vendorDriverRefused),
    MessageForm(
      "failed to read device config space", .vendorDriverRefused, .deviceDoesNotAnswer),
    MessageForm(
      "vfio_region_write(… failed: {errno}", cases: [.on(.busy, to: [.barInUse])]),
    MessageForm("vfio_region_read(… failed: {errno}", cases: [.on(.busy, to: [.barInUse])]),
    MessageForm("Failed to mmap {device} BAR {number}. Performance may be slow", .barInUse),
    MessageForm("device is already attached", .groupInUse),
    MessageForm("no such host device: {errno}", cases: [.on(.noSuchFile, to: [.deviceMoved])]),
    MessageForm("vfio: error: no such host device", .deviceMoved),
    MessageForm("Unable to power on device, stuck in {word}", .deviceDoesNotAnswer),
  ]

  private static let iommufd: [MessageForm] = [
    MessageForm(
      "couldn't open directory /sys/bus/pci/devices/{device}/vfio-dev: {errno}",
      cases: [.on(.noSuchFile, to: [.deviceNotOnVFIO, .noVFIOCdev])]),
    MessageForm("failed to find vfio-dev/vfioX/dev", .noVFIOCdev, .deviceNotOnVFIO),
    MessageForm(
      "failed to load \"/sys/bus/pci/devices/{device}/vfio-dev/{word}/dev\"", .noVFIOCdev),
    .hint("Failed to open /dev/vfio/devices/{word}", .nodeNotAccessible, .groupInUse),
    MessageForm("/dev/iommu opening failed: {errno}", cases: .deviceNode),
    MessageForm(
      "error bind device fd={number} to iommufd={number}: {errno}", cases: .bindIOMMUFD),
    MessageForm(
      "error attach {device} ({number}) to id={number}: {errno}", cases: .bindIOMMUFD),
    MessageForm(
      "error attach {device} ({number}) to ioasid={number}: {errno}", cases: .bindIOMMUFD),
  ]

  private static let resets: [MessageForm] = [
    MessageForm(
      "Cannot reset device {device}, depends on group {group} which is not owned.",
      .resetNeedsOtherGroup),
    MessageForm("Cannot reset device {device}, no available reset mechanism.", .noReset),
  ]
}
