import HostModel
import TestSupport

/// A composed server with as many devices as asked for, most of them virtual functions.
///
/// Of four slots below its root ports three hold a network card with 15 virtual functions, each alone
/// in its group, and one a graphics card whose sound function shares its group and the port's.
/// Every second sound function is on the host's driver: a mixed group.
struct ServerTree {
  private static let slotsPerDomain = 250
  private static let virtualFunctions: UInt8 = 15

  private var host = ComposedHost.empty
  private let deviceCount: Int
  private var groupCount: UInt32 = 0

  static func host(deviceCount: Int) -> HostTree {
    var tree = ServerTree(deviceCount: deviceCount)
    var slot = 0
    while tree.host.functions.count < deviceCount {
      tree.fill(slot: slot)
      slot += 1
    }
    return tree.host
  }

  private init(deviceCount: Int) {
    self.deviceCount = deviceCount
    host.commandLine += " intel_iommu=on"
  }

  private mutating func fill(slot: Int) {
    let domain = UInt32(slot / ServerTree.slotsPerDomain)
    let place = UInt8(slot % ServerTree.slotsPerDomain)
    let port = name(domain, bus: 0, function: place)
    add(PCIFunction(port, class: 0x060400, id: "8086:347a", driver: "pcieport"), group: newGroup())
    if slot % 4 == 1 {
      let isMixed = slot % 8 == 5
      addGraphicsCard(below: port, domain: domain, bus: place + 1, isMixed: isMixed)
    } else {
      addNetworkCard(below: port, domain: domain, bus: place + 1)
    }
  }

  private mutating func addNetworkCard(below port: DeviceName, domain: UInt32, bus: UInt8) {
    let physical = name(domain, bus: bus, function: 0)
    add(
      PCIFunction(
        physical, class: 0x020000, id: "8086:1592", driver: "ice", parent: port,
        sriov: .physical(total: 64)),
      group: newGroup())
    for index in 1...ServerTree.virtualFunctions {
      let isPassedOn = index % 2 == 0
      add(
        PCIFunction(
          name(domain, bus: bus, function: index), class: 0x020000, id: "8086:1889",
          driver: isPassedOn ? "vfio-pci" : "iavf", parent: port,
          override: isPassedOn ? "vfio-pci" : nil, sriov: .virtual(of: physical)),
        group: newGroup())
    }
  }

  private mutating func addGraphicsCard(
    below port: DeviceName, domain: UInt32, bus: UInt8, isMixed: Bool
  ) {
    let group = GroupNumber(groupCount - 1)
    add(
      PCIFunction(
        name(domain, bus: bus, function: 0), class: 0x030000, id: "10de:2230", driver: "vfio-pci",
        parent: port, override: "vfio-pci"),
      group: group)
    add(
      PCIFunction(
        name(domain, bus: bus, function: 1), class: 0x040300, id: "10de:1aef",
        driver: isMixed ? "snd_hda_intel" : "vfio-pci", parent: port),
      group: group)
  }

  /// Adds a function while there is room.
  private mutating func add(_ function: PCIFunction, group: GroupNumber) {
    guard host.functions.count < deviceCount else { return }
    var function = function
    function.group = group
    host.add(function)
  }

  private mutating func newGroup() -> GroupNumber {
    defer { groupCount += 1 }
    return GroupNumber(groupCount)
  }

  /// With ARI, as cards with many functions have it, `function` counts on past 7.
  private func name(_ domain: UInt32, bus: UInt8, function: UInt8) -> DeviceName {
    DeviceName(PCIAddress(domain: domain, bus: bus, slot: function >> 3, function: function & 7))
  }
}
