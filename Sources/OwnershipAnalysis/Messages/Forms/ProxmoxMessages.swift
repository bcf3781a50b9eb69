import HostModel

extension MessageForms {
  /// qemu-server's PCI.pm, pve-common's SysFSTools.pm, Mapping/PCI.pm, and the web interface.
  static let proxmox = MessageForms(
    "Proxmox",
    [
      MessageForm(
        "cannot prepare PCI pass-through, IOMMU not present",
        cases: [.otherwise(.absentIOMMU)]),
      MessageForm(
        "No IOMMU detected, please activate it. See Documentation for further information.",
        cases: [.otherwise(.absentIOMMU)]),
      MessageForm(
        "can't unbind/bind PCI group to VFIO '{device}'",
        cases: [.otherwise(.vfioRefusals + [.pfWithVFs])]),
      MessageForm(
        "Cannot bind {device} to vfio", cases: [.otherwise(.vfioRefusals + [.pfWithVFs])]),
      MessageForm("Cannot find vfio-pci module", .vfioNotLoaded),
      MessageForm(
        "Cannot open iommu_group: {errno}",
        cases: [.on(.noSuchFile, to: [.noIOMMUGroup] + .absentIOMMU)]),
      MessageForm("PCI device mapping invalid (hardware probably changed)", .deviceMoved),
      MessageForm("no pci device info for device '{device}'", .deviceMoved),
      MessageForm("failed to reset PCI device '{device}'", .noReset, .deviceDoesNotAnswer),
      MessageForm("can't reset PCI device '{device}'", .deviceDoesNotAnswer, .noReset),
      MessageForm(
        "The selected Device is not in a separate IOMMU group, make sure this is intended.",
        .mixedGroup, .driverlessMember),
    ])
}
