import HostModel

/// Finds the devices of one host on another: by place first, then by ids.
///
/// A place is a chain of device and function numbers below a root bus, so a renumbered bus changes
/// nothing. What is not in its place is looked for elsewhere, a card with all its functions before
/// a single function. Where several of the same ids are left they are taken in their order, which
/// `DeviceMatching.kindred` tells. What is left then and shares a place was replaced.
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

  static func match(_ old: HostSnapshot, _ new: HostSnapshot) -> DeviceMatching {
    var matcher = DeviceMatcher(old: DeviceTopology(of: old), new: DeviceTopology(of: new))
    matcher.match()
    return DeviceMatching(
      old: matcher.old, new: matcher.new, pairs: matcher.pairs,
      replacements: matcher.replacements, units: matcher.units)
  }

  private init(old: DeviceTopology, new: DeviceTopology) {
    self.old = old
    self.new = new
    units = DeviceUnits.Kind.allCases.map {
      (old: DeviceUnits(of: old, by: $0), new: DeviceUnits(of: new, by: $0))
    }
    roots = RootBuses.match(old, new)
  }

  private mutating func match() {
    for (device, index) in old.named {
      if let other = new.named[device] { settle(index, other, .samePlace) }
    }
    for (oldRoot, newRoot) in roots.sorted(by: { $0.key < $1.key }) {
      matchChildren(.root(oldRoot), .root(newRoot), .samePlace)
    }
    // Bridges first, since everything below them has its place by theirs.
    matchElsewhere(isBridge: true, onlyUnique: true)
    matchReplaced(isBridge: true)
    matchElsewhere(isBridge: false, onlyUnique: false)
    matchReplaced(isBridge: false)
  }

  /// Takes two as the same device, and goes on below them.
  private mutating func settle(
    _ index: Int, _ other: Int, _ relation: DeviceMatching.Relation
  ) {
    guard pairs[index] == nil, matchedNew.insert(other).inserted else { return }
    pairs[index] = DeviceMatching.Pair(new: other, relation: relation)
    matchChildren(.device(index), .device(other), relation)
    let functions = zip(old.virtualFunctions[index] ?? [], new.virtualFunctions[other] ?? [])
    for (function, otherFunction) in functions {
      settle(function, otherFunction, relation)
    }
  }

  private mutating func matchChildren(
    _ parent: DeviceTopology.Parent, _ otherParent: DeviceTopology.Parent,
    _ relation: DeviceMatching.Relation
  ) {
    let others = new.children[otherParent] ?? [:]
    for (place, indexes) in old.children[parent] ?? [:] {
      for (index, other) in zip(indexes, others[place] ?? []) where isSame(index, other) {
        settle(index, other, relation)
      }
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
    while let index = waiting.popLast() {
      guard isWaiting(index, isBridge: isBridge),
        let other = placeTaker(of: index, isBridge: isBridge)
      else { continue }
      replacements[index] = other
      replacing.insert(other)
      matchChildren(.device(index), .device(other), .samePlace)
      waiting += (old.children[.device(index)] ?? [:]).values.joined()
    }
  }

  private func isWaiting(_ index: Int, isBridge: Bool) -> Bool {
    pairs[index] == nil && replacements[index] == nil
      && (!isBridge || old.devices[index].isBridge)
  }

  private func placeTaker(of index: Int, isBridge: Bool) -> Int? {
    guard let position = old.positions[index], let parent = counterpart(of: position.parent)
    else { return nil }
    return new.children[parent]?[position.place]?.first {
      !matchedNew.contains($0) && !replacing.contains($0)
        && (!isBridge || new.devices[$0].isBridge)
    }
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

  /// Whether nothing that could be read of the ids says otherwise.
  func hasSameIDs(as other: Device) -> Bool {
    guard identity.failure == nil, other.identity.failure == nil else { return true }
    return identity.value?.vendor == other.identity.value?.vendor
      && identity.value?.device == other.identity.value?.device
  }
}
