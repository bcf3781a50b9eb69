import HostModel

/// Groups that are cut otherwise.
extension DiffScenario {
  static let groups: [DiffScenario] = [
    .between(
      "groups-merged",
      "A chipset that no longer keeps its ports apart: the network card, which is for user space, "
        + "shares a group with the host's disk.",
      status: 2, SlottedMachine(cards: cards).host(),
      SlottedMachine(cards: cards, hasACS: false).host()),
    .between(
      "iommu-switched-off", "The same host booted with intel_iommu=off.", status: 2,
      SlottedMachine().host(),
      SlottedMachine().host { host in
        host.iommu = .none
        host.commandLine += " intel_iommu=off"
        host.interrupts = InterruptSetup(kind: .plain)
        for index in host.functions.indices {
          host.functions[index].group = nil
          host.functions[index].registersWithVFIO = false
        }
        host["0000:01:00.0"].driver = "nouveau"
        host["0000:01:00.1"].driver = "snd_hda_intel"
      }),
  ]

  private static let cards: [SlottedMachine.Card?] = [
    .hostGraphics, nil, .network.bound(to: "vfio-pci", override: "vfio-pci"), .disk,
  ]
}
