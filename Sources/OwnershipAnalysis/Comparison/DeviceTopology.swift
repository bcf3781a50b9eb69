import HostModel

/// The devices of a host as the tree of their connections, without a bus number in it.
///
/// Bus numbers move with every card that is added before them. A function's number on the bus below
/// its bridge does not, so a chain of them names the same slot at every boot. Devices are
/// identified by their index in the host's list.
struct DeviceTopology {
  let devices: [Device]
  /// The functions below each bridge and each root bus. Several share a place only in a tree that
  /// no kernel shows.
  private(set) var children: [Parent: [Place: [Int]]] = [:]
  /// Where each PCI function is; virtual functions are counted from their physical one instead.
  private(set) var positions: [Int: Position] = [:]
  /// The virtual functions of a physical one, in the order of `virtfn0`, `virtfn1`, ...
  private(set) var virtualFunctions: [Int: [Int]] = [:]
  /// Devices of other buses, whose names do not move.
  private(set) var named: [BusDevice: Int] = [:]
  let indexesByPath: [HostPath: Int]

  /// What a function is connected to.
  enum Parent: Hashable {
    case device(Int)
    /// The directory of a root bus, `/sys/devices/pci0000:00`.
    case root(HostPath)
  }

  /// Where, seen from there.
  struct Place: Hashable, Comparable {
    /// What lies between in sysfs, such as the root bus of a VMD controller; most often nothing.
    let between: String
    let slot: UInt8
    let function: UInt8

    static func < (left: Place, right: Place) -> Bool {
      (left.between, left.slot, left.function) < (right.between, right.slot, right.function)
    }
  }

  struct Position: Hashable {
    let parent: Parent
    let place: Place
  }

  /// A device number below a parent: one card, or one part of a chipset, with its functions.
  struct Slot: Hashable {
    let parent: Parent
    let between: String
    let slot: UInt8
  }

  struct BusDevice: Hashable {
    let bus: BusName
    let name: DeviceName
  }

  /// - Parameter knowsVirtual: whether virtual functions are counted from their physical one; if
  ///   not, they have their place like any function.
  init(of host: ObservedHost, knowsVirtual: Bool) {
    devices = host.devices
    indexesByPath = Dictionary(
      devices.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    let virtual = knowsVirtual ? addVirtualFunctions() : []
    var parents: [HostPath: (parent: Parent, between: String)] = [:]
    for (index, device) in devices.enumerated() where !virtual.contains(index) {
      guard device.bus == .pci, let address = device.name.address,
        let directory = device.path.parent
      else {
        named[BusDevice(bus: device.bus, name: device.name)] = index
        continue
      }
      let (parent, between) = parents[directory] ?? parent(above: directory)
      parents[directory] = (parent, between)
      let place = Place(between: between, slot: address.slot, function: address.function)
      positions[index] = Position(parent: parent, place: place)
      children[parent, default: [:]][place, default: []].append(index)
    }
  }

  func slot(of index: Int) -> Slot? {
    positions[index].map {
      Slot(parent: $0.parent, between: $0.place.between, slot: $0.place.slot)
    }
  }

  /// Whether a capture was asked which functions are virtual.
  static func knowsVirtualFunctions(of host: ObservedHost) -> Bool {
    !host.notAsked.contains {
      $0 == "sys/devices/*/physfn" || $0 == "sys/devices/*/sriov_totalvfs"
        || $0 == "sys/devices/*/virtfn*"
    }
  }

  private mutating func addVirtualFunctions() -> Set<Int> {
    var virtual: Set<Int> = []
    for (index, device) in devices.enumerated() {
      guard case .physical(let function) = device.sriov, !function.virtualFunctions.isEmpty
      else { continue }
      // A virtual function has none itself; a capture where one has is not taken at its word.
      let indexes = function.virtualFunctions.compactMap { indexesByPath[$0] }
        .filter { !devices[$0].hasVirtualFunctions && virtual.insert($0).inserted }
      virtualFunctions[index] = indexes
    }
    return virtual
  }

  private func parent(above directory: HostPath) -> (parent: Parent, between: String) {
    var between: [String] = []
    var next: HostPath? = directory
    while let path = next {
      if let bridge = indexesByPath[path] {
        return (.device(bridge), between.reversed().joined(separator: "/"))
      }
      between.append(DeviceTopology.withoutNumbers(path.name))
      next = path.parent
    }
    return (.root(directory), "")
  }

  /// `pci10000:e0` names a domain and a bus that can be others at the next boot.
  private static func withoutNumbers(_ component: Substring) -> String {
    component.hasPrefix("pci") && component.contains(":") ? "pci" : String(component)
  }
}
