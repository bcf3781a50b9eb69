import HostModel

/// Which root bus of one host is which of the other.
///
/// A root bus keeps its number as long as the firmware gives it the same. If what is below it does
/// not agree, the one with the same devices in the same places is looked for.
enum RootBuses {
  /// A function below a root bus, by the number of the way that leads to it.
  private struct Function: Hashable {
    let way: Int
    let identity: PCIIdentity?
  }

  private typealias Contents = [HostPath: Set<Function>]

  static func match(_ old: DeviceTopology, _ new: DeviceTopology) -> [HostPath: HostPath] {
    var ways = Ways()
    let oldRoots = contents(of: old, numbering: &ways)
    let newRoots = contents(of: new, numbering: &ways)
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

  private static func contents(
    of topology: DeviceTopology, numbering ways: inout Ways
  ) -> Contents {
    var contents: Contents = [:]
    var known: [Int: Ways.End] = [:]
    for start in topology.positions.keys {
      // Up to what is known already, and down again: each function is passed once.
      var above: [Int] = []
      var end: Ways.End?
      var next: Int? = start
      while let index = next, let position = topology.positions[index] {
        if let found = known[index] {
          end = found
          break
        }
        above.append(index)
        next = nil
        switch position.parent {
        case .device(let bridge): next = bridge
        case .root(let path): end = Ways.End(root: path, way: nil)
        }
      }
      guard var end else { continue }
      for index in above.reversed() {
        guard let place = topology.positions[index]?.place else { continue }
        end = Ways.End(root: end.root, way: ways.number(of: place, after: end.way))
        known[index] = end
      }
    }
    for (index, end) in known {
      guard let way = end.way else { continue }
      contents[end.root, default: []].insert(
        Function(way: way, identity: topology.devices[index].identity.value))
    }
    return contents
  }
}

/// Numbers for the ways that lead to functions: the same places in the same order, the same number.
///
/// A way spelled out would take as much memory as the tree is deep, for each function.
private struct Ways {
  /// Where a way has come to.
  struct End {
    let root: HostPath
    /// `nil` at the root bus itself.
    let way: Int?
  }

  private struct Step: Hashable {
    let before: Int?
    let place: DeviceTopology.Place
  }

  private var numbers: [Step: Int] = [:]

  mutating func number(of place: DeviceTopology.Place, after way: Int?) -> Int {
    let step = Step(before: way, place: place)
    if let number = numbers[step] { return number }
    numbers[step] = numbers.count
    return numbers.count - 1
  }
}
