import HostModel

/// What each interface of a host carries, through bonds, bridges and the like of any depth.
struct NetworkUse: Sendable {
  struct Carrying: Sendable {
    /// The interface with a default route that stands on it.
    fileprivate(set) var defaultRoute: Int?
    /// The interface with an address that stands on it.
    fileprivate(set) var address: Int?
    /// The interface that it is a port of.
    fileprivate(set) var above: Int?
  }

  /// By the place of the interface.
  private(set) var carrying: [Carrying] = []
  /// How many interfaces of hardware that are up carry a default route.
  private(set) var carriers = 0
  private let interfaces: [NetworkInterface]

  init(_ use: HostUse?) {
    interfaces = use?.interfaces.value ?? []
    carrying = Array(repeating: Carrying(), count: interfaces.count)
    let places = Dictionary(
      interfaces.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let lowers = interfaces.map { $0.lowers.compactMap { places[$0] } }
    for (place, below) in lowers.enumerated() {
      for port in below where carrying[port].above == nil { carrying[port].above = place }
    }
    spread(\.hasDefaultRoute, into: \.defaultRoute, over: lowers)
    spread(\.hasAddress, into: \.address, over: lowers)
    addTunnels()
    carriers = interfaces.indices.count(where: isCarrier)
  }

  /// Whether an interface of hardware is up and carries a default route.
  func isCarrier(_ place: Int) -> Bool {
    carrying[place].defaultRoute != nil && interfaces[place].isUp && isHardware(place)
  }

  private mutating func spread(
    _ isTop: (NetworkInterface) -> Bool, into field: WritableKeyPath<Carrying, Int?>,
    over lowers: [[Int]]
  ) {
    var left = interfaces.indices.filter { isTop(interfaces[$0]) }.map { (place: $0, top: $0) }
    while let next = left.popLast() {
      guard carrying[next.place][keyPath: field] == nil else { continue }
      carrying[next.place][keyPath: field] = next.top
      for below in lowers[next.place] { left.append((below, next.top)) }
    }
  }

  /// A tunnel stands on no interface: whatever has an address may carry it.
  private mutating func addTunnels() {
    let tops = interfaces.indices.filter { interfaces[$0].hasDefaultRoute }
    let hasCarrier = interfaces.indices.contains { place in
      carrying[place].defaultRoute != nil && isHardware(place)
    }
    guard let top = tops.first, !hasCarrier else { return }
    for place in interfaces.indices where isHardware(place) && carrying[place].address != nil {
      carrying[place].defaultRoute = top
    }
  }

  private func isHardware(_ place: Int) -> Bool {
    !interfaces[place].path.relative.utf8.starts(with: "sys/devices/virtual/".utf8)
  }
}
