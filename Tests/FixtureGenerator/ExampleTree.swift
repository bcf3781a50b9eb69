import HostModel
import TestSupport

/// A small host kept as a plain directory tree, for readers and for tools that know no snapshot.
struct ExampleTree {
  let name: String
  let situation: String
  let host: HostTree

  static let all: [ExampleTree] = [
    ExampleTree(
      name: "example",
      situation: "A desktop with a mixed group: graphics on vfio-pci, its audio function on "
        + "snd_hda_intel, below a root port of the same group.",
      host: example),
    ExampleTree(
      name: "gpu-audio-viable-group",
      situation: "The same desktop as it should be: both functions on vfio-pci.",
      host: viable),
    ExampleTree(
      name: "no-iommu-virtual-machine",
      situation: "A virtual machine without IOMMU.",
      host: virtualMachine),
  ]

  private static var example: HostTree {
    var host = HostTree(
      kernel: "6.12.94+deb13-amd64",
      build: "#1 SMP PREEMPT_DYNAMIC Debian 6.12.94-1 (2026-06-20)")
    host.commandLine += " intel_iommu=on"
    host.hasModuleTables = true
    host.add(
      PCIFunction("0000:00:00.0", class: 0x060000, id: "8086:3e30", group: 0),
      PCIFunction("0000:00:01.0", class: 0x060400, id: "8086:1901", driver: "pcieport", group: 1),
      PCIFunction(
        "0000:00:1f.6", class: 0x020000, id: "8086:15bc", driver: "e1000e", group: 8),
      PCIFunction(
        "0000:01:00.0", class: 0x030000, id: "10de:13c2", driver: "vfio-pci", group: 1,
        parent: "0000:00:01.0", override: "vfio-pci"),
      PCIFunction(
        "0000:01:00.1", class: 0x040300, id: "10de:0fbb", driver: "snd_hda_intel", group: 1,
        parent: "0000:00:01.0"))
    host.use = use
    return host
  }

  /// The one route goes through the network port; the root file system is on an eMMC.
  private static var use: UseSetup {
    var use = UseSetup()
    use.addInterface("eth0", on: "0000:00:1f.6")
    use.addRoute("eth0", isDefault: true)
    use.addDisk(
      "mmcblk0", "179:0", at: "sys/devices/platform/80860F14:00/mmc_host/mmc0/mmc0:0001/block")
    use.mount("179:0", at: "/")
    use.addNode("4:64", at: "sys/devices/pnp0/00:04/tty/ttyS0")
    use.addConsole("ttyS0                -W- (EC   a)    4:64")
    return use
  }

  private static var viable: HostTree {
    var host = example
    host["0000:01:00.1"].driver = "vfio-pci"
    host["0000:01:00.1"].driverOverride = "vfio-pci"
    return host
  }

  private static var virtualMachine: HostTree {
    var host = HostTree(
      kernel: "6.12.94+deb13-amd64",
      build: "#1 SMP PREEMPT_DYNAMIC Debian 6.12.94-1 (2026-06-20)", iommu: .none)
    host.isVirtualMachine = true
    host.add(
      PCIFunction("0000:00:00.0", class: 0x060000, id: "8086:29c0"),
      PCIFunction("0000:00:02.0", class: 0x020000, id: "1af4:1000", driver: "virtio-pci"),
      PCIFunction("0000:00:1f.2", class: 0x010601, id: "8086:2922", driver: "ahci"))
    return host
  }
}
