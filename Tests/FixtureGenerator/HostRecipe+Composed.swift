import HostModel
import TestSupport

extension HostRecipe {
  static var all: [HostRecipe] { machines + reports + withoutGroups }

  /// Hosts without any group, which no listing shows.
  static let withoutGroups: [HostRecipe] = [
    .composed(
      "intel-iommu-not-enabled",
      "An Intel desktop with a DMAR table, a kernel that is not default-on and no option: no "
        + "group.",
      kernel: .debian11
    ) { host in
      host.firmwareTables = ["DMAR"]
      host.options = [
        .intelIOMMU: "y", .intelDefaultOn: "n", .amdIOMMU: "y", .vfio: "m", .vfioNoIOMMU: "n",
      ]
      host.add(
        PCIFunction("0000:00:00.0", class: 0x060000, id: "8086:3ec2", driver: "skl_uncore"),
        PCIFunction("0000:00:01.0", class: 0x060400, id: "8086:1901", driver: "pcieport"),
        PCIFunction("0000:00:02.0", class: 0x030000, id: "8086:3e92", driver: "i915"),
        PCIFunction("0000:00:14.0", class: 0x0c0330, id: "8086:a36d", driver: "xhci_hcd"),
        PCIFunction("0000:00:17.0", class: 0x010601, id: "8086:a352", driver: "ahci"),
        PCIFunction("0000:00:1f.0", class: 0x060100, id: "8086:a305"),
        PCIFunction("0000:00:1f.6", class: 0x020000, id: "8086:15bc", driver: "e1000e"),
        PCIFunction(
          "0000:01:00.0", class: 0x030000, id: "10de:1b81", driver: "nouveau",
          parent: "0000:00:01.0"),
        PCIFunction(
          "0000:01:00.1", class: 0x040300, id: "10de:10f0", driver: "snd_hda_intel",
          parent: "0000:00:01.0"))
    },
    .composed(
      "amd-iommu-switched-off",
      "An AMD desktop with an IVRS table, booted with amd_iommu=off: no group.",
      kernel: .ubuntu2404
    ) { host in
      host.processor = .amd
      host.firmwareTables = ["IVRS"]
      host.commandLine += " amd_iommu=off"
      host.add(
        PCIFunction("0000:00:00.0", class: 0x060000, id: "1022:1480"),
        PCIFunction("0000:00:00.2", class: 0x080600, id: "1022:1481"),
        PCIFunction("0000:00:01.1", class: 0x060400, id: "1022:1483", driver: "pcieport"),
        PCIFunction("0000:00:14.0", class: 0x0c0500, id: "1022:790b", driver: "piix4_smbus"),
        PCIFunction("0000:00:14.3", class: 0x060100, id: "1022:790e"),
        PCIFunction(
          "0000:01:00.0", class: 0x010802, id: "144d:a80a", driver: "nvme",
          parent: "0000:00:01.1"))
    },
    .composed(
      "no-iommu-virtual-machine",
      "A virtual machine that was given no IOMMU: no table, no group.",
      kernel: .debian13
    ) { host in
      host.isVirtualMachine = true
      host.add(
        PCIFunction("0000:00:00.0", class: 0x060000, id: "8086:29c0"),
        PCIFunction("0000:00:01.0", class: 0x030000, id: "1234:1111", driver: "bochs-drm"),
        PCIFunction("0000:00:02.0", class: 0x020000, id: "1af4:1000", driver: "virtio-pci"),
        PCIFunction("0000:00:03.0", class: 0x010000, id: "1af4:1001", driver: "virtio-pci"),
        PCIFunction("0000:00:1f.0", class: 0x060100, id: "8086:2918", driver: "lpc_ich"),
        PCIFunction("0000:00:1f.2", class: 0x010601, id: "8086:2922", driver: "ahci"),
        PCIFunction("0000:00:1f.3", class: 0x0c0500, id: "8086:2930", driver: "i801_smbus"))
    },
  ]
}
