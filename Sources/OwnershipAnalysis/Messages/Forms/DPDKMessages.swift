import HostModel

extension MessageForms {
  /// lib/eal/linux/eal_vfio.c, usertools/dpdk-devbind.py
  static let dpdk = MessageForms("DPDK", library + binding)

  private static let library: [MessageForm] = [
    MessageForm(
      "VFIO group is not viable! Not all devices in IOMMU group bound to VFIO or unbound",
      cases: [.otherwise(.notViable)]),
    MessageForm("VFIO group is not viable", cases: [.otherwise(.notViable)]),
    MessageForm("Cannot open /dev/vfio/{group}: {errno}", cases: .groupNode),
    .hint("Failed to open VFIO group {group}", .groupHasNoNode, .groupInUse, .nodeNotAccessible),
    MessageForm(
      "Cannot open VFIO container /dev/vfio/vfio, error {errno()}", cases: .containerNode),
    MessageForm("No supported IOMMU extensions found", .noContainerBackend),
    MessageForm(
      "cannot add VFIO group to container, error {errno()}", cases: .setContainer),
    MessageForm(
      "{device} failed to select IOMMU type", .unsafeInterrupts, .noContainerBackend,
      .reservedDirectRegion),
    MessageForm("{device} not managed by VFIO driver", .deviceNotOnVFIO, .groupHasNoNode),
    MessageForm(
      "Getting a vfio_dev_fd for {device} failed", .deviceNotOnVFIO, .vfTokenRequired,
      .groupInUse),
    MessageForm("Cannot open VFIO device {device}, error {errno()}", cases: .getDevice),
    .hint("Requested device {device} cannot be used", .deviceNotOnVFIO, .mixedGroup, .groupInUse),
    .hint("Driver cannot attach the device ({device})", .deviceNotOnVFIO, .mixedGroup, .groupInUse),
    // Open vSwitch on the same.
    .hint("Error attaching device '{device}' to DPDK", .deviceNotOnVFIO, .mixedGroup, .groupInUse),
    MessageForm(
      "Expecting 'PA' IOVA mode but current mode is 'VA', not initializing", .deviceNotOnVFIO,
      .noIOMMUMode),
    .hint(
      "VFIO support could not be initialized", .noContainerBackend, .vfioNotLoaded,
      .nodeNotAccessible),
    MessageForm("VFIO modules not loaded, skipping VFIO support", .vfioNotLoaded),
    MessageForm(
      "VFIO directory does not exist, skipping VFIO support", .vfioNotLoaded, .nodeNotAccessible),
    MessageForm(
      "DMA remapping, error {errno()}", cases: [.on(.noMemory, to: [.memoryLockLimit])]),
    MessageForm(
      "DMA remapping failed, error {errno()}", cases: [.on(.noMemory, to: [.memoryLockLimit])]),
  ]

  private static let binding: [MessageForm] = [
    MessageForm(
      "routing table indicates that interface {device} is active. Not modifying",
      .hostUsesDevice),
    MessageForm(
      "routing table indicates that interface {device} is active. Skipping unbind",
      .hostUsesDevice),
    MessageForm(
      "bind failed for {device} - Cannot bind to driver {driver}", cases: .refusedByDriver),
    MessageForm(
      "bind failed for {device} - Cannot open /sys/bus/pci/drivers/{driver}/bind",
      cases: [.of(.vfio, [.vfioNotLoaded, .sysfsNotWritable])]),
    MessageForm("Driver '{driver}' is not loaded", cases: [.of(.vfio, [.vfioNotLoaded])]),
    MessageForm("Unknown device: {device}. Please specify device", .deviceMoved),
    MessageForm("{device} already bound to driver {driver}, skipping", .alreadyBound),
  ]

  /// scripts/setup.sh
  static let spdk = MessageForms(
    "SPDK",
    [
      MessageForm(
        "detected multiple devices ({number}) under the same IOMMU group", .mixedGroup,
        .driverlessMember),
      MessageForm(
        "All devices in the IOMMU group must be bound to the same driver or unbound",
        .mixedGroup),
      MessageForm(
        "not bound to {driver} ({word})", cases: [.of(.vfio, [.mixedGroup])]),
      MessageForm("failed to bind to {driver}, retrying", cases: .refusedByDriver),
      MessageForm("failed to bind to {driver}, aborting", cases: .refusedByDriver),
      MessageForm("WARNING: memlock limit is less than {word}", .memoryLockLimit),
      .hint("Current user memlock limit: {number} MB", .memoryLockLimit),
      MessageForm("Active devices: …, so not binding PCI dev", .hostUsesDevice),
      // Up to 20.07.
      MessageForm("Active mountpoints on …, so not binding", .hostUsesDevice),
      MessageForm(
        "No valid drivers found [vfio-pci, uio_pci_generic, igb_uio]", .vfioNotLoaded),
    ])
}
