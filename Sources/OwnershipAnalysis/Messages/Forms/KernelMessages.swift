/// The kernel's log, 5.10 to 7.3.
extension MessageForms {
  static let kernel = MessageForms(
    "kernel", probes + opens + groups + resets + sriov + options)

  /// drivers/base/dd.c, drivers/vfio/pci
  private static let probes: [MessageForm] = [
    MessageForm(
      "{ids} exists in vfio-pci device denylist, driver probing disallowed.", .denylistedDevice),
    // From 6.9; before, the next.
    MessageForm("{device}: probe with driver {driver} failed with error {-errno}", cases: .probe),
    MessageForm("probe with driver {driver} failed with error {-errno}", cases: .probe),
    MessageForm("{driver}: probe of {device} failed with error {-errno}", cases: .probe),
    MessageForm("Cannot bind to PF with SR-IOV enabled", .pfWithVFs),
    // NVIDIA's module.
    MessageForm(
      "NVRM: Attempting to remove device {device} with non-zero usage count!", .hostOpenDevice),
    MessageForm("BAR {number}: can't reserve", .barInUse),
    MessageForm("BAR {number} …: can't reserve", .barInUse),
  ]

  /// drivers/vfio, drivers/iommu
  private static let opens: [MessageForm] = [
    MessageForm(
      "Firmware has requested this device have a 1:1 IOMMU mapping, rejecting configuring the "
        + "device without a 1:1 mapping. Contact your platform vendor.", .reservedDirectRegion),
    MessageForm(
      "Device is ineligible for IOMMU domain attach due to platform RMRR requirement.  "
        + "Contact your platform vendor.", .reservedDirectRegion),
    MessageForm(
      "No interrupt remapping support.  Use the module param \"allow_unsafe_interrupts\" to "
        + "enable VFIO IOMMU support on this platform", .unsafeInterrupts),
    MessageForm("nvidia-vgpu-vfio] …: start failed. status:", .vendorDriverRefused),
    MessageForm("VF token required to access device", .vfTokenRequired),
    MessageForm("Incorrect VF token provided for device", .vfTokenRequired),
    MessageForm("VF token incorrectly provided", .vfTokenRequired),
    MessageForm("RLIMIT_MEMLOCK ({number}) exceeded", .memoryLockLimit),
    MessageForm("Adding kernel taint for vfio-noiommu group on device", .noIOMMUMode),
    MessageForm("vfio-noiommu device opened by user", .noIOMMUMode),
  ]

  private static let groups: [MessageForm] = [
    MessageForm("Relaying device request to user (#{number})", .unbindInProgress),
    MessageForm(
      "No device request channel registered, blocked until released by user", .unbindInProgress),
    MessageForm(
      "Device is currently in use, task \"…\" ({number}) blocked until device is released",
      .unbindInProgress),
    MessageForm("kernel BUG at drivers/vfio/vfio.c:{number}!", .liveGroupAutoprobe),
    MessageForm(
      "Cannot change default domain: Group has more than one device", .groupTypeInUse),
    MessageForm("Device is still bound to driver", .groupTypeInUse),
  ]

  /// drivers/pci/pci.c, drivers/vfio/pci
  private static let resets: [MessageForm] = [
    MessageForm("not ready {word} after …; waiting", .deviceDoesNotAnswer),
    MessageForm("not ready {word} after …; giving up", .deviceDoesNotAnswer),
    MessageForm(
      "timed out waiting for pending transaction; performing function level reset anyway",
      .deviceDoesNotAnswer),
    MessageForm(
      "Unable to change power state from {word} to D0, device inaccessible", .deviceDoesNotAnswer),
    MessageForm(
      "can't change power state from {word} to D0 (config space inaccessible)",
      .deviceDoesNotAnswer),
    MessageForm("Refused to change power state, currently in {word}", .deviceDoesNotAnswer),
    MessageForm("Unsupported reset method '{word}'", .noReset),
    MessageForm("vfio_bar_restore: reset recovery - restoring BARs", .deviceDoesNotAnswer),
  ]

  /// drivers/pci/iov.c
  private static let sriov: [MessageForm] = [
    MessageForm("driver does not support SR-IOV configuration via sysfs", .sriovRefused),
    MessageForm("no driver bound to device; cannot configure SR-IOV", .sriovRefused),
    MessageForm("not enough MMIO resources for SR-IOV", .sriovRefused),
    MessageForm("SR-IOV: bus number out of range", .sriovRefused),
    MessageForm(
      "{number} VFs already enabled. Disable before enabling {number} VFs", .sriovRefused),
    MessageForm("{number} VFs requested; only {number} enabled", .sriovRefused),
  ]

  private static let options: [MessageForm] =
    [
      MessageForm("AMD-Vi: Unknown option - 'on'", .ineffectiveIOMMUOption),
      MessageForm(
        "{driver}: unknown parameter '{word}' ignored", cases: [.of(.vfio, [.unknownOption])]),
    ]
    + ["vfio-pci-ids", "vfio_pci_ids", "vfio_pci-ids", "vfio-pci_ids", "vfio-pci", "vfio_pci"].map {
      MessageForm("Unknown kernel command line parameters \"… \($0)", .unknownOption)
    }
}
