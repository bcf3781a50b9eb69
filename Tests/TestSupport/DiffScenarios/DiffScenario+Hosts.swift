import HostModel

/// Other kernels, and captures in which something is unread.
extension DiffScenario {
  private static let mixed = [
    SlottedMachine.Card.graphics.bound(to: "vfio-pci", "snd_hda_intel"), nil, .network, .disk,
  ]

  static let hosts: [DiffScenario] = [
    .between(
      "kernel-upgraded",
      "From kernel 5.10, which looks at viability at open, to 6.12 with DMA ownership: a mixed "
        + "group is refused by another call.",
      status: 1, SlottedMachine(kernel: .debian11, cards: mixed).host(),
      SlottedMachine(cards: mixed).host()),
    .between(
      "kernel-upgraded-new-verdict",
      "The same upgrade where a bridge on shpchp shares the group of the card: only the newer "
        + "kernel refuses it.",
      status: 2, bridged(on: .debian11), bridged(on: .debian13)),
    .unread(
      "capture-without-answers",
      "A second capture that could not read one driver and one override.",
      SlottedMachine().host(),
      [
        "sys/devices/pci0000:00/0000:00:01.0/0000:01:00.1/driver",
        "sys/devices/pci0000:00/0000:00:1c.0/0000:02:00.0/driver_override",
      ]),
  ]

  private static func bridged(on kernel: HostTree.Distribution) -> HostTree {
    SlottedMachine(kernel: kernel).host { host in
      host["0000:00:01.0"].driver = "shpchp"
      host["0000:00:01.0"].group = 6
    }
  }
}
