import HostModel
import OwnershipAnalysis

/// Groups in use.
extension RuleScenario {
  static let liveGroupAutoprobe: [RuleScenario] = [
    .firing(
      .liveGroupAutoprobe,
      "kernel 5.10, graphics open in a virtual machine, audio without driver and without override",
      besides: [.groupInUse],
      .desktop(on: .debian11) {
        $0.openGraphics()
        $0.putAudio(on: nil)
      }),
    .silent(
      .liveGroupAutoprobe, "the same with vfio-pci in the audio function's driver_override",
      besides: [.groupInUse, .driverlessMemberOfClaimedGroup],
      .desktop(on: .debian11) {
        $0.openGraphics()
        $0.putAudio(on: nil, override: "vfio-pci")
      }),
  ]

  static let driverlessMemberOfClaimedGroup: [RuleScenario] = [
    .firing(
      .driverlessMemberOfClaimedGroup,
      "kernel 6.12, graphics open in a virtual machine, audio without driver",
      besides: [.groupInUse],
      .desktop {
        $0.openGraphics()
        $0.putAudio(on: nil)
      }),
    .silent(
      .driverlessMemberOfClaimedGroup, "the same with audio on vfio-pci",
      besides: [.groupInUse], .desktop { $0.openGraphics() }),
  ]

  static let groupInUse: [RuleScenario] = [
    .firing(
      .groupInUse, "QEMU holds /dev/vfio/13 and has set no container yet",
      .desktop {
        $0.processes = [HostProcess(4711, "qemu-system-x86", files: [22: "/dev/vfio/13"])]
      }),
    .silent(
      .groupInUse, "a process holds the container alone",
      .desktop {
        $0.processes = [HostProcess(4711, "qemu-system-x86", files: [21: "/dev/vfio/vfio"])]
      }),
  ]

  static let multipleOwners: [RuleScenario] = [
    .firing(
      .multipleOwners, "two processes, each with an iommufd, hold one device of the group each",
      besides: [.groupInUse],
      deviceNodes([
        HostProcess(
          4711, "qemu-system-x86", files: [20: "/dev/iommu", 21: "/dev/vfio/devices/vfio0"]),
        HostProcess(
          4812, "qemu-system-x86", files: [20: "/dev/iommu", 21: "/dev/vfio/devices/vfio1"]),
      ])),
    .silent(
      .multipleOwners, "one process with one iommufd holds both devices",
      besides: [.groupInUse],
      deviceNodes([
        HostProcess(
          4711, "qemu-system-x86",
          files: [
            20: "/dev/iommu", 21: "/dev/vfio/devices/vfio0", 22: "/dev/vfio/devices/vfio1",
          ])
      ])),
  ]

  private static func deviceNodes(_ processes: [HostProcess]) -> HostTree {
    .desktop(on: .mainline("6.12.41")) {
      $0.hasDeviceNodes = true
      $0.processes = processes
    }
  }

  static let unbindInProgress: [RuleScenario] = [
    .firing(
      .unbindInProgress,
      "kernel 6.12: the disk's driver link is gone, its group's node and its user are not",
      besides: [.groupInUse], disk(use: .unbinding, driver: nil)),
    .silent(
      .unbindInProgress, "the same disk, still on vfio-pci and open",
      besides: [.groupInUse], disk(use: .open(vectors: 2), driver: "vfio-pci")),
  ]

  private static func disk(use: PCIFunction.Use, driver: DriverName?) -> HostTree {
    .desktop {
      $0.add(
        PCIFunction(
          "0000:02:00.0", class: 0x010802, id: "144d:a80a", driver: driver, group: 15,
          override: "vfio-pci", use: use))
      $0.processes = [
        HostProcess(
          4711, "qemu-system-x86",
          files: [21: "/dev/vfio/vfio", 22: "/dev/vfio/15", 24: "anon_inode:[vfio-device]"],
          devices: [24: "0000:02:00.0"])
      ]
    }
  }

  static let noContainerBackend: [RuleScenario] = [
    .firing(
      .noContainerBackend, "a graphics card on vfio-pci, and vfio_iommu_type1 is not loaded",
      .desktop { $0.missingModules = ["vfio_iommu_type1"] }),
    .silent(.noContainerBackend, "the same with the module loaded", .desktop()),
  ]
}
