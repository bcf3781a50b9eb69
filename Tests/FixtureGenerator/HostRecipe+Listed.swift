import HostModel
import TestSupport

extension HostRecipe {
  /// Whole machines whose every group is known.
  static let machines: [HostRecipe] = [
    .listed(
      "laptop-thunderbolt-and-usb-in-one-group",
      "A laptop where the USB controller and two Thunderbolt controllers share group 8; all is on "
        + "kernel drivers.",
      from: "ghw-415ee", kernel: .debian12, iommu: .intel(units: 2)),
    .listed(
      "bridge-with-endpoints-fuji",
      "A small server: a root port and the disk below it share group 1; the SATA controller and "
        + "three more devices are passed through, each from a separate group.",
      from: "asokolsky-fuji", kernel: .proxmox8, iommu: .intel(units: 1)),
    .listed(
      "server-board-gpu-passed-through",
      "A server board whose graphics card is on vfio-pci below a root port of the same group.",
      from: "asokolsky-suprox", kernel: .proxmox8, iommu: .intel(units: 1),
      assuming: ["0000:00:17.0 is still on ahci, as before the change that the source describes"]
    ) { $0["0000:00:17.0"].driver = "ahci" },
    .listed(
      "server-board-gpu-and-sata-passed-through",
      "The same board after its SATA controller went to vfio-pci as well.",
      from: "asokolsky-suprox-vfio-sata", kernel: .proxmox8, iommu: .intel(units: 1)),
    .listed(
      "chipset-group-with-network-and-usb",
      "An AMD machine whose chipset group holds SATA, USB, the network card and six bridges.",
      from: "mobilept-2", kernel: .ubuntu2004, iommu: .amd()),
    .listed(
      "two-identical-graphics-cards",
      "Two graphics cards with the same ids, each in a group with its audio function; the second is "
        + "on vfio-pci without its audio function.",
      from: "mobilept-8", kernel: .debian11, iommu: .amd(),
      assuming: ["0000:27:00.0 is on vfio-pci"]
    ) { $0.giveAway("0000:27:00.0") },
    .listed(
      "chipset-group-with-second-graphics-card",
      "A B450 board whose second graphics card is on vfio-pci and shares the chipset's group with "
        + "the network card, USB and SATA.",
      from: "64kram-4", kernel: .ubuntu2004, iommu: .amd(),
      assuming: ["0000:25:00.0 is on vfio-pci"]
    ) { $0.giveAway("0000:25:00.0") },
    .listed(
      "desktop-b550-graphics-passed-through",
      "A B550 board: one graphics card has a separate group and is on vfio-pci, the other is in "
        + "the chipset's group.",
      from: "mapmgmt-b550-aorus", kernel: .ubuntu2404, iommu: .amd(),
      assuming: ["0000:08:00.0 is on vfio-pci"]
    ) { $0.giveAway("0000:08:00.0") },
    .listed(
      "server-462-groups",
      "A two-socket server with 20 IOMMUs and 462 groups, with DSA, IAX and QuickAssist "
        + "accelerators and event collectors.",
      from: "ethan-spr-server", kernel: .debian13, iommu: .intel(units: 20)),
    .listed(
      "desktop-x670e-disk-in-chipset-group",
      "An X670E board whose second disk is on vfio-pci and shares a group with USB, SATA and seven "
        + "bridges.",
      from: "asus-x670e-i", kernel: .mainline618, iommu: .amd(),
      assuming: ["0000:65:00.0 is on vfio-pci"]
    ) { $0.giveAway("0000:65:00.0") },
    .listed(
      "workstation-three-graphics-cards-passed-through",
      "A two-socket workstation, 148 functions in 53 groups; three graphics cards are on vfio-pci "
        + "with their audio functions.",
      from: "j4nsen-x79-4gpu", kernel: .debian11, iommu: .intel(units: 2),
      assuming: ["0000:04:00, 0000:05:00 and 0000:82:00, both functions, are on vfio-pci"]
    ) {
      $0.giveAway(
        "0000:04:00.0", "0000:04:00.1", "0000:05:00.0", "0000:05:00.1", "0000:82:00.0",
        "0000:82:00.1")
    },
    .listed(
      "epyc-server-81-groups",
      "A server with eight root complexes, 81 groups and event collectors; two accelerators are on "
        + "vfio-pci.",
      from: "clu6-epyc", kernel: .debian12, iommu: .amd(units: 4),
      assuming: ["0000:c1:00.0 and 0000:e1:00.0 are on vfio-pci"]
    ) { $0.giveAway("0000:c1:00.0", "0000:e1:00.0") },
  ]

  /// Hosts of which a report quotes a part.
  static let reports: [HostRecipe] = [
    .listed(
      "pf-and-vfs-in-one-group",
      "Two physical functions on mlx5_core and their four virtual functions in one group, one of "
        + "them meant for a virtual machine.",
      from: "issue-mlnx-pf-vf", kernel: .ubuntu2004, iommu: .intel(),
      assuming: [
        "0000:01:00.2 is on vfio-pci",
        "0000:01:00.2 and .3 belong to 0000:01:00.0, .4 and .5 to 0000:01:00.1",
        "a root port 0000:00:01.0 in a separate group",
      ]
    ) { host in
      host.addRootPort("0000:00:01.0", group: 0, above: host.functions.map(\.name))
      for name: DeviceName in ["0000:01:00.0", "0000:01:00.1"] {
        host[name].sriov = .physical(total: 8)
      }
      for name: DeviceName in ["0000:01:00.2", "0000:01:00.3"] {
        host[name].sriov = .virtual(of: "0000:01:00.0")
      }
      for name: DeviceName in ["0000:01:00.4", "0000:01:00.5"] {
        host[name].sriov = .virtual(of: "0000:01:00.1")
      }
      host.giveAway("0000:01:00.2")
    },
    .listed(
      "chipset-usb-sata-and-bridges-in-one-group",
      "USB, SATA and three bridges of a 400-series chipset share group 12; all is on kernel "
        + "drivers.",
      from: "issue-quickpassthrough-22", kernel: .ubuntu2404, iommu: .amd()),
    .listed(
      "gpu-audio-mixed-group",
      "The canonical mixed group: graphics on vfio-pci, its audio function on snd_hda_intel.",
      from: "issue-kubevirt-27", kernel: .ubuntu2004, iommu: .intel(),
      assuming: [
        "the audio function is 10de:0fbc", "a root port 0000:00:01.0 in the same group",
      ]
    ) { host in
      host.addRootPort("0000:00:01.0", group: 1, above: ["0000:01:00.0", "0000:01:00.1"])
    },
    .listed(
      "nic-ports-mixed-group",
      "One port of a network card is on vfio-pci, its three other ports on i40e, all in one group.",
      from: "issue-ndn-dpdk-63", kernel: .ubuntu2404, iommu: .amd(units: 4),
      assuming: [
        "the group numbers: 44 for the four ports of one card, 193 and 194 for those of the other",
        "the kernel's IOMMU is AMD's",
      ]
    ) { host in
      for name in host.functions.map(\.name) {
        let address = host[name].address
        host[name].group =
          address.bus == 0x44 ? 44 : GroupNumber(193 + UInt32(address.function))
      }
    },
    .listed(
      "platform-member-in-group-0",
      "A mini PC where a platform device, the TPM, is the only member of group 0.",
      from: "issue-beelink-platform", kernel: .mainline617, iommu: .amd(),
      assuming: [
        "class and ids of the PCI functions: dummy host bridges and root ports of an AMD processor",
        "the platform device has no driver",
      ]),
    .listed(
      "metal-instance-five-graphics-cards",
      "Five Tesla T4 of a rented machine, each on vfio-pci.",
      from: "issue-tesla-t4-aws", kernel: .debian12, iommu: .intel(units: 4),
      assuming: ["the group numbers: one for each card, from 60 on"]
    ) { host in
      for (index, name) in host.functions.map(\.name).enumerated() {
        host[name].group = GroupNumber(60 + UInt32(index))
      }
    },
  ]
}

extension HostTree {
  /// Puts functions on vfio-pci, as a user would.
  fileprivate mutating func giveAway(_ names: DeviceName...) {
    for name in names {
      self[name].driver = "vfio-pci"
      self[name].driverOverride = "vfio-pci"
    }
  }

  /// A root port that the report leaves out.
  fileprivate mutating func addRootPort(
    _ port: DeviceName, group: GroupNumber, above children: [DeviceName]
  ) {
    add(PCIFunction(port, class: 0x060400, id: "8086:1901", driver: "pcieport", group: group))
    for child in children { self[child].parent = port }
  }
}
