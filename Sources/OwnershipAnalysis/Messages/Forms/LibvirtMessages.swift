import HostModel

extension MessageForms {
  /// src/hypervisor/virhostdev.c, src/util/virpci.c, virmdev.c, virprocess.c; virsh.
  static let libvirt = MessageForms("libvirt", assignment + drivers + places)

  private static let assignment: [MessageForm] = [
    MessageForm("Non-endpoint PCI devices cannot be assigned to guests", .bridgeMember),
    MessageForm("PCI device {device} is not assignable", .deviceNotAssignable),
    MessageForm(
      "Device {device} is behind a switch lacking ACS and cannot be assigned",
      .deviceNotAssignable),
    MessageForm("PCI device {device} is in use", .groupInUse),
    MessageForm("PCI device {device} is in use by driver {word}, domain …", .groupInUse),
    MessageForm("mediated device … is in use by driver {word}, domain …", .groupInUse),
    MessageForm("Device {device} is already in use", .groupInUse),
    MessageForm(
      "VFIO device assignment is currently not supported on this system",
      .iommuNotReported, .iommuNotEnabled, .iommuDisabledOnCommandLine, .vfioNotLoaded,
      .iommuInactive),
    MessageForm(
      "host doesn't support passthrough of host PCI devices",
      .iommuNotReported, .iommuNotEnabled, .iommuDisabledOnCommandLine, .vfioNotLoaded,
      .iommuInactive),
    MessageForm(
      "pci backend driver '{word}' is not supported",
      .iommuNotReported, .iommuNotEnabled, .iommuDisabledOnCommandLine, .vfioNotLoaded,
      .iommuInactive),
    MessageForm("cannot open VFIO device /dev/vfio/devices/{word}: {errno}", cases: .deviceNode),
    MessageForm("cannot limit locked memory", .memoryLockLimit),
  ]

  private static let drivers: [MessageForm] = [
    MessageForm(
      "Unmanaged PCI device {device} must be manually detached from the host", .deviceNotOnVFIO),
    MessageForm("Failed to bind PCI device '{device}' to {driver}: {errno}", cases: .bind),
    MessageForm("Failed to bind PCI device '{device}' to {driver}", cases: .refusedByDriver),
    MessageForm("Failed to unbind PCI device '{device}' from {driver}", .unbindInProgress),
    MessageForm(
      "Failed to add PCI device ID '…' to {driver}: {errno}",
      cases: [.on(.exists, to: [.dynamicIDExists])]),
    MessageForm(
      "Unable to reset PCI device {device}: no FLR, PM reset or bus reset available", .noReset),
    MessageForm(
      "Active {device} devices on bus with {device}, not doing bus reset",
      .resetNeedsOtherGroup),
  ]

  private static let places: [MessageForm] = [
    MessageForm("Found invalid device link '…' in '…'", .mixedBuses),
    MessageForm("Device {device} not found: could not access", .deviceMoved),
    MessageForm("Could not find matching device '{device}'", .deviceMoved),
    MessageForm("no node device with matching name '{device}'", .deviceMoved),
  ]

  /// tools/virt-host-validate-common.c; cnspec quotes it.
  static let hostValidation = MessageForms(
    "virt-host-validate",
    [
      .hint("Checking for device assignment IOMMU support : WARN", .iommuNotReported),
      MessageForm(
        "No ACPI DMAR table found, IOMMU either disabled in BIOS or not supported by this "
          + "hardware platform", .iommuNotReported),
      MessageForm(
        "No ACPI IVRS table found, IOMMU either disabled in BIOS or not supported by this "
          + "hardware platform", .iommuNotReported),
      MessageForm(
        "IOMMU appears to be disabled in kernel. Add intel_iommu=on to kernel cmdline arguments",
        .iommuNotEnabled, .iommuDisabledOnCommandLine, .iommuInactive),
      MessageForm(
        "IOMMU appears to be disabled in kernel", .iommuDisabledOnCommandLine, .iommuNotEnabled,
        .iommuInactive),
      MessageForm(
        "Unknown if this platform has IOMMU support", .iommuInactive, .iommuNotReported),
    ])
}
