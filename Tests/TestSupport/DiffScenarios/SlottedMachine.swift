import HostModel

/// A desktop with four slots, numbered as a kernel would number it at boot.
///
/// Buses are counted as they are found and groups as devices come, so a card that is added or moved
/// gives other numbers to what comes after it.
struct SlottedMachine {
  var kernel = HostTree.Distribution.debian13
  /// The cards by slot.
  var cards: [Card?] = [.graphics, nil, .network, .disk]
  /// Whether the ports of the chipset keep their cards apart; without ACS these share one group.
  var hasACS = true
  /// The order in which the slots' buses are found; an empty one takes no number.
  var order = [0, 1, 2, 3]

  /// The root port of each slot: the processor's own two, then the chipset's.
  private static let ports: [(place: String, id: PCIID)] = [
    ("01.0", "8086:1901"), ("01.1", "8086:1905"), ("1c.0", "8086:a338"), ("1d.0", "8086:a330"),
  ]
  private static let chipset = 2...3

  /// The functions of a card, all in one group; each virtual function has its own.
  struct Card {
    var functions: [Function]
    var virtualFunctions = 0

    struct Function {
      let deviceClass: UInt32
      let id: PCIID
      var driver: DriverName?
      var override: DriverName?
    }

    /// Given to user space with its audio function.
    static let graphics = Card(functions: [
      Function(deviceClass: 0x030000, id: "10de:13c2", driver: "vfio-pci", override: "vfio-pci"),
      Function(deviceClass: 0x040300, id: "10de:0fbb", driver: "vfio-pci", override: "vfio-pci"),
    ])
    static let hostGraphics = graphics.bound(to: "nouveau", "snd_hda_intel")
    static let network = Card(functions: [
      Function(deviceClass: 0x020000, id: "8086:1572", driver: "i40e")
    ])
    static let disk = Card(functions: [
      Function(deviceClass: 0x010802, id: "144d:a808", driver: "nvme")
    ])
    static let usb = Card(functions: [
      Function(deviceClass: 0x0c0330, id: "1912:0014", driver: "xhci_hcd")
    ])

    /// The same card on these drivers, without overrides.
    func bound(to drivers: DriverName?..., override: DriverName? = nil) -> Card {
      var card = self
      for (index, driver) in drivers.enumerated() {
        card.functions[index].driver = driver
        card.functions[index].override = override
      }
      return card
    }
  }

  /// The machine as a host.
  func host(adjust: (inout HostTree) -> Void = { _ in }) -> HostTree {
    var host = HostTree.on(kernel)
    host.register("vfio-pci")
    host.add(
      PCIFunction("0000:00:00.0", class: 0x060000, id: "8086:3e30", group: 0),
      PCIFunction("0000:00:17.0", class: 0x010601, id: "8086:a352", driver: "ahci", group: 1))
    for (slot, port) in SlottedMachine.ports.enumerated() {
      host.add(
        PCIFunction(
          DeviceName("0000:00:\(port.place)"), class: 0x060400, id: port.id, driver: "pcieport",
          group: GroupNumber(UInt32(2 + slot))))
    }
    var group: UInt32 = 6
    var shared: UInt32?
    var bus = 1
    for slot in order {
      guard let card = cards[slot] else { continue }
      let number = SlottedMachine.chipset.contains(slot) && !hasACS ? shared ?? group : group
      if SlottedMachine.chipset.contains(slot), !hasACS { shared = number }
      add(card, to: &host, slot: slot, bus: bus, group: number)
      group = max(group, number + 1 + UInt32(card.virtualFunctions))
      bus += 1
    }
    adjust(&host)
    return host
  }

  private func add(_ card: Card, to host: inout HostTree, slot: Int, bus: Int, group: UInt32) {
    let port = DeviceName("0000:00:\(SlottedMachine.ports[slot].place)")
    let prefix = "0000:\(Hexadecimal.text(bus, digits: 2)):"
    for (number, function) in card.functions.enumerated() {
      host.add(
        PCIFunction(
          DeviceName("\(prefix)00.\(number)"), class: function.deviceClass, id: function.id,
          driver: function.driver, group: GroupNumber(group), parent: port,
          override: function.override,
          sriov: card.virtualFunctions > 0 ? .physical(total: 64) : .none))
    }
    for number in 0..<card.virtualFunctions {
      host.add(
        PCIFunction(
          DeviceName("\(prefix)0\(2 + number / 8).\(number % 8)"), class: 0x020000,
          id: "8086:154c", driver: "iavf", group: GroupNumber(group + 1 + UInt32(number)),
          sriov: .virtual(of: DeviceName("\(prefix)00.0"))))
    }
  }
}
