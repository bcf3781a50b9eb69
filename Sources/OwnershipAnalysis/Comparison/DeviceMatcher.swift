import HostModel

/// Finds the devices of one host on another: by place first, then by ids.
///
/// A place is a chain of device and function numbers below a root bus, so a renumbered bus changes
/// nothing. What is not in its place is looked for elsewhere, a card with all its functions before
/// a single function. Where several of the same ids are left they are taken in their order;
/// `DeviceMatching.identicalDevices` says how many. What is left then and shares a place was replaced.
struct DeviceMatcher {
  let old: DeviceTopology
  let new: DeviceTopology
  private var pairs: [Int: DeviceMatching.Pair] = [:]
  private var matchedNew: Set<Int> = []
  private var replacements: [Int: Int] = [:]
  private var replacing: Set<Int> = []
  /// Cards before single functions.
  private let units: [(old: DeviceUnits, new: DeviceUnits)]
  /// The root bus of the new host that is the old one's.
  private let roots: [HostPath: HostPath]

  static func match(_ old: ObservedHost, _ new: ObservedHost) -> DeviceMatching {
    // What only one of the hosts shows is not a difference between them.
    let knowsVirtual =
      DeviceTopology.knowsVirtualFunctions(of: old)
      && DeviceTopology.knowsVirtualFunctions(of: new)
    var matcher = DeviceMatcher(
      old: DeviceTopology(of: old, knowsVirtual: knowsVirtual),
      new: DeviceTopology(of: new, knowsVirtual: knowsVirtual))
    matcher.match()
    return DeviceMatching(
      old: matcher.old, new: matcher.new, pairs: matcher.pairs,
      replacements: matcher.replacements, units: matcher.units)
  }

  private init(old: DeviceTopology, new: DeviceTopology) {
    self.old = old
    self.new = new
    units = DeviceUnits.Kind.allCases.map { DeviceUnits.ofBoth(old, new, by: $0) }
    roots = RootBuses.match(old, new)
  }

  private mutating func match() {
    for (device, index) in old.named {
      if let other = new.named[device] { settle(index, other, .samePlace) }
    }
    for (oldRoot, newRoot) in roots.sorted(by: { $0.key < $1.key }) {
      matchChildren(.root(oldRoot), .root(newRoot))
    }
    // Bridges first, since everything below them has its place by theirs.
    matchElsewhere(isBridge: true, onlyUnique: true)
    matchReplaced(isBridge: true)
    matchElsewhere(isBridge: false, onlyUnique: false)
    matchReplaced(isBridge: false)
  }

  /// Takes two as the same device, and all that is the same below them.
  ///
  /// A list instead of recursion: how deep devices lie in each other is up to the capture.
  private mutating func settle(
    _ index: Int, _ other: Int, _ relation: DeviceMatching.Relation
  ) {
    settle([(index, other)], relation)
  }

  private mutating func settle(
    _ candidates: [(Int, Int)], _ relation: DeviceMatching.Relation
  ) {
    var waiting = candidates
    while let (index, other) = waiting.popLast() {
      guard pairs[index] == nil, matchedNew.insert(other).inserted else { continue }
      pairs[index] = DeviceMatching.Pair(new: other, relation: relation)
      waiting += sameChildren(of: .device(index), and: .device(other))
      waiting += zip(old.virtualFunctions[index] ?? [], new.virtualFunctions[other] ?? [])
    }
  }

  private mutating func matchChildren(
    _ parent: DeviceTopology.Parent, _ otherParent: DeviceTopology.Parent
  ) {
    settle(sameChildren(of: parent, and: otherParent), .samePlace)
  }

  /// Devices with the same ids in the same place below two parents.
  private func sameChildren(
    of parent: DeviceTopology.Parent, and otherParent: DeviceTopology.Parent
  ) -> [(Int, Int)] {
    guard let places = old.children[parent], let others = new.children[otherParent] else {
      return []
    }
    return places.flatMap { place, indexes in
      zip(indexes, others[place] ?? []).filter(isSame)
    }
  }

  /// Looks for what is not in its place, a whole slot at a time, then one function at a time.
  private mutating func matchElsewhere(isBridge: Bool, onlyUnique: Bool) {
    for (oldUnits, newUnits) in units {
      for signature in oldUnits.signatures {
        let left = oldUnits[signature].filter { $0.allSatisfy { pairs[$0] == nil } }
        let otherLeft = newUnits[signature].filter { $0.allSatisfy { !matchedNew.contains($0) } }
        guard !onlyUnique || (left.count == 1 && otherLeft.count == 1) else { continue }
        for (unit, otherUnit) in zip(left, otherLeft) {
          guard !isBridge || unit.contains(where: { old.devices[$0].isBridge }) else { continue }
          for (index, other) in zip(unit, otherUnit) { settle(index, other, .elsewhere) }
        }
      }
    }
  }

  /// Other ids in the same place.
  private mutating func matchReplaced(isBridge: Bool) {
    // A replaced bridge gives places to what is below it, so the list grows while it is walked.
    var waiting = old.positions.keys.sorted().filter { isWaiting($0, isBridge: isBridge) }
    var passed: [DeviceTopology.Position: Int] = [:]
    while let index = waiting.popLast() {
      guard isWaiting(index, isBridge: isBridge),
        let other = placeTaker(of: index, isBridge: isBridge, passed: &passed)
      else { continue }
      replacements[index] = other
      replacing.insert(other)
      matchChildren(.device(index), .device(other))
      waiting += (old.children[.device(index)] ?? [:]).values.joined()
    }
  }

  private func isWaiting(_ index: Int, isBridge: Bool) -> Bool {
    pairs[index] == nil && replacements[index] == nil
      && (!isBridge || old.devices[index].isBridge)
  }

  /// - Parameter passed: how many devices of a place were found unfit; they stay unfit.
  private func placeTaker(
    of index: Int, isBridge: Bool, passed: inout [DeviceTopology.Position: Int]
  ) -> Int? {
    guard let position = old.positions[index], let parent = counterpart(of: position.parent),
      let candidates = new.children[parent]?[position.place]
    else { return nil }
    let place = DeviceTopology.Position(parent: parent, place: position.place)
    let first = candidates[passed[place, default: 0]...].firstIndex {
      !matchedNew.contains($0) && !replacing.contains($0)
        && (!isBridge || new.devices[$0].isBridge)
    }
    passed[place] = first ?? candidates.endIndex
    return first.map { candidates[$0] }
  }

  private func counterpart(of parent: DeviceTopology.Parent) -> DeviceTopology.Parent? {
    switch parent {
    case .root(let path): roots[path].map(DeviceTopology.Parent.root)
    case .device(let index):
      (pairs[index]?.new ?? replacements[index]).map(DeviceTopology.Parent.device)
    }
  }

  private func isSame(_ index: Int, _ other: Int) -> Bool {
    old.devices[index].hasSameIDs(as: new.devices[other])
  }
}

extension Device {
  var isBridge: Bool { header.value == .bridge }

  /// Whether the ids are the same as far as they could be read.
  func hasSameIDs(as other: Device) -> Bool {
    guard identity.failure == nil, other.identity.failure == nil else { return true }
    return identity.value?.vendor == other.identity.value?.vendor
      && identity.value?.device == other.identity.value?.device
  }
}
