import HostModel

/// Drivers, and who uses them.
extension DiffScenario {
  private static let ordinary = SlottedMachine().host()

  static let bindings: [DiffScenario] = [
    .between(
      "driver-changed", "The audio function of the graphics card back on snd_hda_intel.",
      status: 2, ordinary,
      SlottedMachine().host {
        $0["0000:01:00.1"].driver = "snd_hda_intel"
        $0["0000:01:00.1"].driverOverride = nil
      }),
    .between(
      "override-left-behind",
      "The graphics card back on the host's drivers, with vfio-pci in its driver_override still.",
      status: 1, ordinary,
      SlottedMachine(
        cards: [.hostGraphics.bound(to: "nouveau", "snd_hda_intel", override: "vfio-pci"), nil]
          + [.network, .disk]
      ).host { $0.idleDrivers = [] }),
    .between(
      "virtual-machine-started", "QEMU has the graphics card open.", status: 1, ordinary,
      SlottedMachine().host { host in
        for name in ["0000:01:00.0", "0000:01:00.1"] as [DeviceName] {
          host[name].use = .open(vectors: 1)
        }
        host.processes = [
          HostProcess(
            4711, "qemu-system-x86",
            files: [21: "/dev/vfio/vfio", 22: "/dev/vfio/6", 24: "anon_inode:[vfio-device]"],
            devices: [24: "0000:01:00.0"])
        ]
        host.modules["vfio_iommu_type1"] = ModuleDetails(useCount: 1)
        host.modules["vfio_pci"] = ModuleDetails(useCount: 1)
      }),
  ]
}
