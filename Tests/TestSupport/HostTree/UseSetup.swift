package import HostModel

/// What a composed host uses its devices for.
///
/// Everything stands below the function that it belongs to, or below a separate path where it
/// belongs to none: a volume, a bridge, a keyboard of the mainboard.
package struct UseSetup: Sendable {
  struct Block: Sendable {
    let name: String
    let number: String
    let place: Place
    var slaves: [String] = []
    var mapping: String?
    var hasFile = false
  }

  struct Interface: Sendable {
    let name: String
    let place: Place
    var master: String?
    var lower: String?
    var isUp = true
  }

  struct Node: Sendable {
    let number: String
    let place: Place
  }

  /// A directory below a function, or a whole path.
  enum Place: Sendable {
    case below(DeviceName, String)
    case path(HostPath)
  }

  var blocks: [Block] = []
  var interfaces: [Interface] = []
  var nodes: [Node] = []
  var mounts: [String] = []
  var swaps: [String] = []
  var routes: [String] = []
  var routes6: [String] = []
  var addresses6: [String] = []
  var bootVGA: DeviceName?
  var connectors: [(place: Place, isConnected: Bool)] = []
  var consoles: [String] = []
  var keyboards: [Place] = []
  var playing: [Int] = []
  /// `/proc/self/ns/KIND` and `/proc/1/ns/KIND`.
  package var namespaces: [String: (own: Int, first: Int)] = [:]

  package init() {}
}

/// Disks.
extension UseSetup {
  /// - Parameter directory: where it is below the function, `nvme/nvme0` or `ata1/host0`.
  package mutating func addDisk(
    _ name: String, _ number: String, on function: DeviceName, in directory: String
  ) {
    blocks.append(
      Block(name: name, number: number, place: .below(function, directory + "/" + name)))
  }

  /// A disk that belongs to no function.
  package mutating func addDisk(_ name: String, _ number: String, at directory: HostPath) {
    blocks.append(Block(name: name, number: number, place: .path(directory / name)))
  }

  package mutating func addPartition(_ name: String, _ number: String, of disk: String) {
    guard let whole = blocks.first(where: { $0.name == disk }) else { return }
    let place: Place =
      switch whole.place {
      case .below(let function, let directory): .below(function, directory + "/" + name)
      case .path(let path): .path(path / name)
      }
    blocks.append(Block(name: name, number: number, place: place))
  }

  /// - Parameter mapping: its name in the device mapper.
  package mutating func addVolume(
    _ name: String, _ number: String, of slaves: [String], mapping: String? = nil
  ) {
    blocks.append(
      Block(
        name: name, number: number, place: .path("sys/devices/virtual/block" / name),
        slaves: slaves, mapping: mapping))
  }

  package mutating func addLoop(_ name: String, _ number: String) {
    blocks.append(
      Block(
        name: name, number: number, place: .path("sys/devices/virtual/block" / name),
        hasFile: true))
  }

  package mutating func mount(
    _ number: String, at point: String, as type: String = "ext4", from source: String = "/dev/x"
  ) {
    mounts.append("\(30 + mounts.count) 1 \(number) / \(point) rw - \(type) \(source) rw")
  }

  package mutating func addSwap(_ source: String, isFile: Bool = false) {
    swaps.append("\(source) \(isFile ? "file" : "partition")\t8388604\t\t0\t\t-2")
  }
}

/// Interfaces.
extension UseSetup {
  package mutating func addInterface(
    _ name: String, on function: DeviceName? = nil, master: String? = nil,
    over lower: String? = nil,
    isUp: Bool = true
  ) {
    let place: Place =
      function.map { .below($0, "net/" + name) } ?? .path("sys/devices/virtual/net" / name)
    interfaces.append(
      Interface(name: name, place: place, master: master, lower: lower, isUp: isUp))
  }

  package mutating func addRoute(_ interface: String, isDefault: Bool) {
    routes.append(
      isDefault
        ? "\(interface)\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0"
        : "\(interface)\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0")
  }

  package mutating func addDefaultRoute6(_ interface: String) {
    let zero = String(repeating: "0", count: 32)
    routes6.append(
      "\(zero) 00 \(zero) 00 fe80000000000000505400fffe123456 00000400 00000001 00000000 00000003 "
        + "    \(interface)")
  }

  package mutating func addAddress6(_ interface: String) {
    addresses6.append("20010db8000000000000000000000001 02 40 00 80    \(interface)")
  }
}

/// Screens, consoles, keyboards and sound.
extension UseSetup {
  package mutating func setBootVGA(_ function: DeviceName) { bootVGA = function }

  /// A graphics card's node and its connectors.
  package mutating func addCard(_ number: Int, on function: DeviceName, hasScreen: Bool) {
    nodes.append(Node(number: "226:\(number)", place: .below(function, "drm/card\(number)")))
    connectors.append(
      (.below(function, "drm/card\(number)/card\(number)-HDMI-A-1"), hasScreen))
  }

  package mutating func addConsole(_ line: String) { consoles.append(line) }

  /// - Parameter function: a USB controller; `nil` for the keyboard port of the mainboard.
  package mutating func addKeyboard(_ input: String, on function: DeviceName? = nil) {
    keyboards.append(
      function.map { .below($0, "usb1/1-2/1-2:1.0/0003:046D:C31C.0001/input/" + input) }
        ?? .path("sys/devices/platform/i8042/serio0/input" / input))
  }

  package mutating func addNode(_ number: String, on function: DeviceName, at directory: String) {
    nodes.append(Node(number: number, place: .below(function, directory)))
  }

  /// A node that belongs to no function.
  package mutating func addNode(_ number: String, at path: HostPath) {
    nodes.append(Node(number: number, place: .path(path)))
  }

  /// A sound card with one control node.
  package mutating func addSound(_ card: Int, on function: DeviceName, isPlaying: Bool = false) {
    nodes.append(
      Node(number: "116:\(card)", place: .below(function, "sound/card\(card)/controlC\(card)")))
    if isPlaying { playing.append(card) }
  }
}
