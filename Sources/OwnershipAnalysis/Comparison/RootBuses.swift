import HostModel

/// Which root bus of one host is which of the other.
///
/// A root bus keeps its number as long as the firmware gives it the same. If what is below it does
/// not agree, the one with the same devices in the same places is looked for.
enum RootBuses {
  /// A function below a root bus, by the way that leads to it.
  private struct Function: Hashable {
    let way: [DeviceTopology.Place]
    let identity: PCIIdentity?
  }

  private typealias Contents = [HostPath: Set<Function>]

  static func match(_ old: DeviceTopology, _ new: DeviceTopology) -> [HostPath: HostPath] {
    let oldRoots = contents(of: old)
    let newRoots = contents(of: new)
    var matches: [HostPath: HostPath] = [:]
    for (path, functions) in oldRoots where newRoots[path] == functions { matches[path] = path }
    let taken = Set(matches.values)
    let otherOld = Dictionary(grouping: oldRoots.filter { matches[$0.key] == nil }, by: \.value)
    let otherNew = Dictionary(grouping: newRoots.filter { !taken.contains($0.key) }, by: \.value)
    for (functions, roots) in otherOld {
      let candidates = (otherNew[functions] ?? []).map(\.key).sorted()
      for (path, other) in zip(roots.map(\.key).sorted(), candidates) { matches[path] = other }
    }
    let left = Set(newRoots.keys).subtracting(matches.values)
    for path in oldRoots.keys where matches[path] == nil && left.contains(path) {
      matches[path] = path
    }
    return matches
  }

  private static func contents(of topology: DeviceTopology) -> Contents {
    var contents: Contents = [:]
    for (index, position) in topology.positions {
      var way = [position.place]
      var parent = position.parent
      while case .device(let bridge) = parent, let above = topology.positions[bridge] {
        way.append(above.place)
        parent = above.parent
      }
      guard case .root(let path) = parent else { continue }
      contents[path, default: []].insert(
        Function(way: way, identity: topology.devices[index].identity.value))
    }
    return contents
  }
}
