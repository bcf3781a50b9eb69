package import HostModel

/// What a host uses each of its devices for, in one pass over the facts.
///
/// Whatever hangs below a device belongs to it and, but for bridges, to the devices above it: a disk
/// to its controller and to the VMD that its controller is in. What belongs to a virtual function
/// belongs to its physical function too.
package struct UseIndex: Sendable {
  let host: ObservedHost
  /// `nil` where it was not read.
  let use: HostUse?
  private(set) var devices: [HostPath: UseOfDevice] = [:]
  /// What stands on each block device, in the order of the host's.
  let storage: StorageUse
  let network: NetworkUse
  private(set) var console = ConsoleUse()
  /// What any device costs a host that did not say.
  let unknownCost: HostCost

  package init(_ host: ObservedHost) {
    self.host = host
    use = host.use.value
    unknownCost = HostCost(
      losses: [], unseen: [.everything(host.use.failure ?? .notCaptured)])
    storage = StorageUse(use)
    network = NetworkUse(use)
    guard let use else { return }
    for (place, block) in use.blocks.enumerated() { own(block.path) { $0.blocks.append(place) } }
    // What a disk with several paths is reached by holds it too.
    for (place, block) in use.blocks.enumerated()
    where block.path.relative.utf8.starts(with: "sys/devices/virtual/nvme-subsystem/".utf8) {
      for lower in block.lowers { own(lower) { $0.blocks.append(place) } }
    }
    for (place, interface) in (use.interfaces.value ?? []).enumerated() {
      own(interface.path) { $0.interfaces.append(place) }
    }
    addConsole(use)
    addNodes(use)
  }

  /// Changes what is known of every device that something belongs to.
  private mutating func own(_ path: HostPath, _ change: (inout UseOfDevice) -> Void) {
    for owner in owners(of: path) { change(&devices[owner, default: UseOfDevice()]) }
  }

  /// The devices that something at a path belongs to, the nearest first.
  func owners(of path: HostPath) -> [HostPath] {
    var owners: [HostPath] = []
    var next: HostPath? = path
    while let place = next, place.relative.utf8.count > "sys/devices/".utf8.count {
      if let device = host.device(at: place), owners.isEmpty || device.header != .value(.bridge) {
        owners.append(place)
        if case .virtual(let physical) = device.sriov { owners.append(physical) }
      }
      next = place.parent
    }
    return owners
  }

  private mutating func addConsole(_ use: HostUse) {
    let display = use.display
    var displays: Set<HostPath> = []
    for (path, screen) in display.bootVGA.map({ ($0, nil as EntryName?) })
      + display.screens.map({ ($0, EntryName(String($0.name))) })
    {
      let card = owners(of: path).first ?? path
      displays.insert(card)
      own(path) {
        $0.displays.insert(card)
        if let screen { $0.screens.append(screen) }
      }
    }
    self.console.displays = displays.count
    let terminals = Dictionary(
      use.nodes.lazy.filter { !$0.isBlock }.map { ($0.number, $0.path) },
      uniquingKeysWith: { first, _ in first })
    for console in display.consoles.value ?? [] where !console.isVirtualTerminal {
      guard let number = console.number else { continue }
      self.console.serial += 1
      if let path = terminals[number] { own(path) { $0.consoles.append(console.name) } }
    }
    for input in use.inputs.value ?? [] where input.isKeyboard {
      self.console.keyboards += 1
      own(input.path) { $0.keyboards.append(EntryName(String(input.path.name))) }
    }
  }

  private mutating func addNodes(_ use: HostUse) {
    var users: [EntryName: [OpenNode]] = [:]
    for node in use.openNodes.nodes { users[EntryName(node.name), default: []].append(node) }
    let playing = Set(use.playingCards.map { EntryName("card\($0)") })
    for node in use.allNodes {
      let name = node.name
      let open = users[EntryName(name)] ?? []
      let service = Loss.service(at: node.path)
      own(node.path) {
        $0.nodes.append(EntryName(name))
        $0.users += open
        if let service { $0.services.insert(service) }
      }
      guard let card = node.path.parent?.name, playing.contains(EntryName(String(card))) else {
        continue
      }
      own(node.path) { $0.services.insert(.sound) }
    }
  }
}

/// What belongs to one device.
struct UseOfDevice: Sendable {
  /// Places among the host's block devices and interfaces.
  var blocks: [Int] = []
  var interfaces: [Int] = []
  /// The devices that show the console or something on a screen, itself or what is below it.
  var displays: Set<HostPath> = []
  var screens: [EntryName] = []
  var consoles: [EntryName] = []
  var keyboards: [EntryName] = []
  /// Names below `/dev`.
  var nodes: [EntryName] = []
  var users: [OpenNode] = []
  var services: Set<Loss> = []
}

/// How many of each the whole host has.
struct ConsoleUse: Sendable {
  var displays = 0
  var serial = 0
  var keyboards = 0
}

extension Loss {
  /// What a character device at a path serves.
  fileprivate static func service(at path: HostPath) -> Loss? {
    switch path.parent?.name {
    case "tpm": .tpm
    case "watchdog": .watchdog
    default: path.name == "watchdog" ? .watchdog : nil
    }
  }
}
