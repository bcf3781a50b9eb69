import HostModel
import OwnershipAnalysis

/// Groups by who else is in them.
extension RuleScenario {
  static let mixedGroup: [RuleScenario] = [
    .firing(
      "mixed-group", "graphics on vfio-pci, its audio function left on snd_hda_intel",
      .desktop { $0.putAudio(on: "snd_hda_intel") }),
    .silent("mixed-group", "graphics and audio both on vfio-pci", .desktop()),
  ]

  static let driverlessMember: [RuleScenario] = [
    .firing(
      "driverless-member", "graphics on vfio-pci and closed, its audio function without a driver",
      .desktop { $0.putAudio(on: nil) }),
    .silent(
      "driverless-member",
      "the driverless function has a group of its own, without a VFIO member",
      .desktop {
        $0.putAudio(on: nil)
        $0["0000:01:00.1"].group = 14
      }),
  ]

  static let stubMember: [RuleScenario] = [
    .firing(
      "stub-member", "graphics on vfio-pci, audio on pci-stub",
      .desktop { $0.putAudio(on: "pci-stub", override: "pci-stub") }),
    .silent(
      "stub-member", "the stubbed function has a group of its own",
      .desktop {
        $0.putAudio(on: "pci-stub", override: "pci-stub")
        $0["0000:01:00.1"].group = 14
      }),
  ]

  static let notAStub: [RuleScenario] = [
    .firing(
      "not-a-stub", "audio on pci-pf-stub, which is an ordinary kernel driver",
      .desktop { $0.putAudio(on: "pci-pf-stub", override: "pci-pf-stub") }),
    .silent(
      "not-a-stub", "audio on pci-stub", besides: ["stub-member"],
      .desktop { $0.putAudio(on: "pci-stub", override: "pci-stub") }),
  ]

  static let bridgeMember: [RuleScenario] = [
    .firing(
      "bridge-member", "the root port on pcieport shares the group of the card below it",
      .desktop { $0["0000:00:01.0"].group = 13 }),
    .silent("bridge-member", "the root port has a group of its own", .desktop()),
  ]

  static let bridgeDriverBlocks: [RuleScenario] = [
    .firing(
      "bridge-driver-blocks", "the bridge of the group is on shpchp, kernel 6.12",
      .desktop {
        $0["0000:00:01.0"].group = 13
        $0["0000:00:01.0"].driver = "shpchp"
      }),
    .silent(
      "bridge-driver-blocks", "the same bridge on pcieport", besides: ["bridge-member"],
      .desktop { $0["0000:00:01.0"].group = 13 }),
  ]

  static let eventCollectorBlocks: [RuleScenario] = [
    .firing(
      "event-collector-blocks",
      "a Root Complex Event Collector on pcieport beside a VFIO member, kernel 5.10",
      .desktop(on: .debian11) {
        $0.add(
          PCIFunction(
            "0000:01:00.4", class: 0x080700, id: "8086:1bb4", driver: "pcieport", group: 13,
            parent: "0000:00:01.0"))
      }),
    .silent(
      "event-collector-blocks", "the same group on kernel 6.12, where pcieport is exempt",
      .desktop {
        $0.add(
          PCIFunction(
            "0000:01:00.4", class: 0x080700, id: "8086:1bb4", driver: "pcieport", group: 13,
            parent: "0000:00:01.0"))
      }),
  ]

  static let mixedBuses: [RuleScenario] = [
    .firing(
      "mixed-buses", "a platform device without driver in the group of the card, kernel 5.10",
      besides: ["driverless-member"],
      .desktop(on: .debian11) {
        $0.add(BusDevice("MSFT0101:00", on: .platform, group: 13))
      }),
    .silent(
      "mixed-buses", "the platform device has a group of its own",
      .desktop(on: .debian11) {
        $0.add(BusDevice("MSFT0101:00", on: .platform, group: 2))
      }),
  ]

  static let privateDomainDriver: [RuleScenario] = [
    .firing(
      "private-domain-driver",
      "two virtio functions in one group, one of them on vp-vdpa, which may use its own domain",
      .withGroups {
        $0.add(
          PCIFunction(
            "0000:02:00.0", class: 0x020000, id: "1af4:1041", driver: "vp-vdpa", group: 9),
          PCIFunction(
            "0000:02:00.1", class: 0x020000, id: "1af4:1041", driver: "virtio-pci", group: 9))
      }),
    .silent(
      "private-domain-driver", "both functions on virtio-pci",
      .withGroups {
        $0.add(
          PCIFunction(
            "0000:02:00.0", class: 0x020000, id: "1af4:1041", driver: "virtio-pci", group: 9),
          PCIFunction(
            "0000:02:00.1", class: 0x020000, id: "1af4:1041", driver: "virtio-pci", group: 9))
      }),
  ]

  static let cdxOwnershipHole: [RuleScenario] = [
    .firing(
      "cdx-ownership-hole", "a CDX group with one member on vfio-cdx and one left without driver",
      besides: ["driverless-member"],
      cdx(second: BusDevice("cdx-00:01", on: .cdx, group: 5))),
    .silent(
      "cdx-ownership-hole", "both members on vfio-cdx, each by its driver_override",
      cdx(
        second: BusDevice(
          "cdx-00:01", on: .cdx, driver: "vfio-cdx", group: 5, override: "vfio-cdx"))),
  ]

  private static func cdx(second: BusDevice) -> HostTree {
    var host = HostTree.on(.mainline("6.12.41"), iommu: .smmuV3())
    host.add(
      BusDevice("cdx-00:00", on: .cdx, driver: "vfio-cdx", group: 5, override: "vfio-cdx"), second)
    return host
  }
}
