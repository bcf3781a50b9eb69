import HostModel

/// Cards that come, go and move.
extension DiffScenario {
  private static let ordinary = SlottedMachine().host()

  static let slots: [DiffScenario] = [
    .between(
      "nothing-changed", "Two captures of one host.", status: 0, ordinary, ordinary),
    .between(
      "card-added-buses-renumbered",
      "A USB controller in the second slot: the buses and groups behind it have other numbers.",
      status: 1, ordinary,
      SlottedMachine(cards: [.graphics, .usb, .network, .disk]).host()),
    .between(
      "card-moved", "The graphics card in the second slot, which it has for its own.", status: 1,
      ordinary, SlottedMachine(cards: [nil, .graphics, .network, .disk]).host()),
    .between(
      "card-replaced", "A USB controller where the network card was.", status: 1, ordinary,
      SlottedMachine(cards: [.graphics, nil, .usb, .disk]).host()),
    .between(
      "identical-cards-renumbered",
      "Two identical graphics cards, the first of them for user space, whose buses the firmware "
        + "now counts the other way round: each address is the other card's.",
      status: 1,
      SlottedMachine(cards: [.graphics, .hostGraphics, .network, .disk]).host(),
      SlottedMachine(
        cards: [.graphics, .hostGraphics, .network, .disk], order: [1, 0, 2, 3]
      ).host()),
    .between(
      "identical-cards-swapped",
      "Two identical graphics cards, and now the other one is for user space: rebound, or swapped, "
        + "which cannot be known.",
      status: 1,
      SlottedMachine(cards: [.graphics, .hostGraphics, .network, .disk]).host(),
      SlottedMachine(cards: [.hostGraphics, .graphics, .network, .disk]).host()),
    .between(
      "one-of-two-identical-cards-moved",
      "Two identical disks, one of which is in another slot now; which one cannot be known.",
      status: 1, SlottedMachine(cards: [.disk, .disk, .network, nil]).host(),
      SlottedMachine(cards: [nil, .disk, .network, .disk]).host()),
    .between(
      "virtual-functions-created", "Four virtual functions of the network card.", status: 1,
      ordinary,
      SlottedMachine(cards: [.graphics, nil, .networkWithFunctions(4), .disk]).host()),
  ]
}

extension SlottedMachine.Card {
  fileprivate static func networkWithFunctions(_ count: Int) -> SlottedMachine.Card {
    SlottedMachine.Card(functions: network.functions, virtualFunctions: count)
  }
}
