import HostModel
import OwnershipAnalysis

/// Groups by who else is in them.
extension RuleScenario {
  static let mixedGroup: [RuleScenario] = [
    .firing(
      .mixedGroup, "graphics on vfio-pci, its audio function left on snd_hda_intel",
      .desktop { $0.putAudio(on: "snd_hda_intel") }),
    .silent(.mixedGroup, "graphics and audio both on vfio-pci", .desktop()),
  ]

  static let driverlessMember: [RuleScenario] = [
    .firing(
      .driverlessMember, "graphics on vfio-pci and closed, its audio function without a driver",
      .desktop { $0.putAudio(on: nil) }),
    .silent(
      .driverlessMember,
      "the driverless function has a separate group, without a VFIO member",
      .desktop {
        $0.putAudio(on: nil)
        $0["0000:01:00.1"].group = 14
      }),
  ]

  static let stubMember: [RuleScenario] = [
    .firing(
      .stubMember, "graphics on vfio-pci, audio on pci-stub",
      .desktop { $0.putAudio(on: "pci-stub", override: "pci-stub") }),
    .silent(
      .stubMember, "the stubbed function has a separate group",
      .desktop {
        $0.putAudio(on: "pci-stub", override: "pci-stub")
        $0["0000:01:00.1"].group = 14
      }),
  ]

  static let notAStub: [RuleScenario] = [
    .firing(
      .notAStub, "audio on pci-pf-stub, which is an ordinary kernel driver",
      .desktop { $0.putAudio(on: "pci-pf-stub", override: "pci-pf-stub") }),
    .silent(
      .notAStub, "audio on pci-stub", besides: [.stubMember],
      .desktop { $0.putAudio(on: "pci-stub", override: "pci-stub") }),
  ]

  static let bridgeMember: [RuleScenario] = [
    .firing(
      .bridgeMember, "the root port on pcieport shares the group of the card below it",
      .desktop { $0["0000:00:01.0"].group = 13 }),
    .silent(.bridgeMember, "the root port has a separate group", .desktop()),
  ]

  static let bridgeDriverBlocks: [RuleScenario] = [
    .firing(
      .bridgeDriverBlocks, "the bridge of the group is on shpchp, kernel 6.12",
      .desktop {
        $0["0000:00:01.0"].group = 13
        $0["0000:00:01.0"].driver = "shpchp"
      }),
    .silent(
      .bridgeDriverBlocks, "the same bridge on pcieport", besides: [.bridgeMember],
      .desktop { $0["0000:00:01.0"].group = 13 }),
  ]

  static let eventCollectorBlocks: [RuleScenario] = [
    .firing(
      .eventCollectorBlocks,
      "a Root Complex Event Collector on pcieport beside a VFIO member, kernel 5.10",
      .desktop(on: .debian11) {
        $0.add(
          PCIFunction(
            "0000:01:00.4", class: 0x080700, id: "8086:1bb4", driver: "pcieport", group: 13,
            parent: "0000:00:01.0"))
      }),
    .silent(
      .eventCollectorBlocks, "the same group on kernel 6.12, where pcieport is exempt",
      .desktop {
        $0.add(
          PCIFunction(
            "0000:01:00.4", class: 0x080700, id: "8086:1bb4", driver: "pcieport", group: 13,
            parent: "0000:00:01.0"))
      }),
  ]

  static let mixedBuses: [RuleScenario] = [
    .firing(
      .mixedBuses, "a platform device without driver in the group of the card, kernel 5.10",
      besides: [.driverlessMember],
      .desktop(on: .debian11) {
        $0.add(BusDevice("MSFT0101:00", on: .platform, group: 13))
      }),
    .silent(
      .mixedBuses, "the platform device has a separate group",
      .desktop(on: .debian11) {
        $0.add(BusDevice("MSFT0101:00", on: .platform, group: 2))
      }),
  ]

  static let privateDomainDriver: [RuleScenario] = [
    .firing(
      .privateDomainDriver,
      "two virtio functions in one group, one of them on vp-vdpa, which may use its own domain",
      .withGroups {
        $0.add(
          PCIFunction(
            "0000:02:00.0", class: 0x020000, id: "1af4:1041", driver: "vp-vdpa", group: 9),
          PCIFunction(
            "0000:02:00.1", class: 0x020000, id: "1af4:1041", driver: "virtio-pci", group: 9))
      }),
    .silent(
      .privateDomainDriver, "both functions on virtio-pci",
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
      .cdxOwnershipHole, "a CDX group with one member on vfio-cdx and one left without driver",
      besides: [.driverlessMember],
      cdx(second: BusDevice("cdx-00:01", on: .cdx, group: 5))),
    .silent(
      .cdxOwnershipHole, "both members on vfio-cdx, each by its driver_override",
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
