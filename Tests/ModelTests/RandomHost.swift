import HostModel
import OwnershipAnalysis
import TestSupport

/// A host, a kernel and a sequence of operations drawn from a seed.
struct RandomHost {
  let host: HostValues
  let state: KernelState
  private(set) var random: Randomness

  static let kernels: [KernelVersion] = [
    KernelVersion(5, 10, 223), KernelVersion(5, 12, 9), KernelVersion(5, 13),
    KernelVersion(5, 17), KernelVersion(5, 18), KernelVersion(5, 19), KernelVersion(6, 0),
    KernelVersion(6, 1, 176), KernelVersion(6, 2), KernelVersion(6, 4, 6), KernelVersion(6, 5),
    KernelVersion(6, 6, 17), KernelVersion(6, 8, 10), KernelVersion(6, 10),
    KernelVersion(6, 12, 91), KernelVersion(6, 16), KernelVersion(6, 18, 2), KernelVersion(7, 0),
    KernelVersion(7, 3, 4),
  ]

  init(seed: Int) {
    var random = Randomness(seed: seed)
    var host = HostValues(random.pick(Self.kernels))
    host.iommu = random.pick([
      host.iommu, IOMMUInstance(name: "dmar0", vendor: .intel),
      IOMMUInstance(name: "smmu3.0x1", vendor: .other),
    ])
    for _ in 0..<Int.random(in: 1...6, using: &random) { Self.add(to: &host, &random) }
    Self.vary(&host, &random)
    self.host = host
    state = host.state
    self.random = random
  }

  private static func add(to host: inout HostValues, _ random: inout Randomness) {
    let bus = random.pick([BusName.pci, .pci, .pci, .pci, .platform, .cdx, "host1x"])
    let driver: DriverName? =
      bus == .pci
      ? random.pick([
        nil, nil, "e1000e", "snd_hda_intel", "vfio-pci", "vfio-pci", "pci-stub", "pcieport",
        "shpchp", "mlx5_vfio_pci", "idxd",
      ]) : random.pick([nil, "some-driver", DriverName("vfio-\(bus)")])
    let parent = host.devices.last { $0.bus == .pci }?.path
    let path = host.add(
      driver, group: random.once(in: 12) ? nil : GroupNumber(UInt32(random.pick([1, 1, 2, 3]))),
      bridge: random.once(in: 6), deviceClass: random.pick([0x020000, 0x040300, 0x080700]),
      id: PCIID(
        vendor: 0x8086, device: random.pick([0x1c20, 0x10d3, 0x0435, 0x0b25, 0xffff])), bus: bus,
      override: random.pick([
        .value(.unset), .value(.unset), .value(.driver("vfio-pci")), .value(.driver("e1000e")),
        .unread(.timedOut),
      ]))
    guard bus == .pci, let parent, random.once(in: 3),
      let index = host.devices.firstIndex(where: { $0.path == parent })
    else { return }
    host.devices[index].sriov = .physical(
      PhysicalFunction(
        totalVFs: .value(4), virtualFunctions: [path],
        driversAutoprobe: .value(random.once(in: 2))))
    host.devices[host.devices.count - 1].sriov = .virtual(physicalFunction: parent)
  }

  private static func vary(_ host: inout HostValues, _ random: inout Randomness) {
    if random.once(in: 4) { host.aliases = .absent }
    if random.once(in: 6) { host.remapping = random.pick([.inactive, .unknown]) }
    if random.once(in: 6) { host.vfio.unsafeInterrupts = .value(true) }
    if random.once(in: 6) { host.vfio.noIOMMUMode = .value(true) }
    if random.once(in: 4) { host.vfio.sriovEnabled = .value(true) }
    if random.once(in: 8) { host.hasDeviceNodes = false }
    if random.once(in: 8) { host.autoprobe = [.pci: .value(false)] }
    for number in host.groups.keys.sorted() {
      if random.once(in: 8) { host.give(number, random.pick([.direct, .directRelaxable])) }
      if random.once(in: 8) {
        host.groups[number]?.type = .value(random.pick([.unknown, .identity]))
      }
      guard random.once(in: 3) else { continue }
      host.assumptions[number] = random.pick([.somebody, .unknown, .unclaimed])
    }
  }

  /// An operation of any kind, most often one that makes sense.
  mutating func operation() -> OwnershipAnalysis.Operation {
    let device = random.pick(host.devices)
    let drivers = (host.drivers[device.bus] ?? []).sorted() + ["missing"]
    let wanted = device.driverOverride.value?.driver
    let driver = random.once(in: 2) ? wanted ?? random.pick(drivers) : random.pick(drivers)
    let devices = (0..<random.pick([1, 1, 2])).map { _ in random.pick(host.devices).path }
    let holder = random.pick([nil, HolderName("a"), HolderName("b")])
    let group = random.pick(Array(1...4).map { GroupNumber(UInt32($0)) })
    let id = PCIIDPair(vendor: 0x8086, device: random.pick([0x1c20, 0x10d3, 0xffff]))
    switch Int.random(in: 0..<18, using: &random) {
    case 0, 1, 2: return .bind(device.path, driver)
    case 3, 4: return .unbind(device.path)
    case 5: return .override(device.path, random.once(in: 3) ? nil : driver)
    case 6: return .probe(device.path)
    case 7: return .newID(driver, id)
    case 8: return .removeID(driver, id)
    case 9, 10: return .open(devices, holder: holder)
    case 11: return .openNode(group, holder: holder)
    case 12: return .openCdev(devices, holder: holder)
    case 13: return .close(holder ?? HolderName("user1"))
    case 14: return .numVFs(device.path, random.pick([0, 1, 2, 9]))
    case 15: return .groupType(group, random.pick(["identity", "DMA", "DMA-FQ", "auto", "word"]))
    case 16: return .modprobe(random.pick(["vfio_pci", "e1000e", "snd_hda_intel", "unheard_of"]))
    default: return .rmmod(random.pick(["vfio_pci", "e1000e", "idxd", "unheard_of"]))
    }
  }
}
