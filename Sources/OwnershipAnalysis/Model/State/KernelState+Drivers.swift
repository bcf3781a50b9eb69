import HashTreeCollections
package import HostModel

extension KernelState {
  /// Whether the driver is registered on the bus; `nil` when the bus's drivers were not read.
  package func isRegistered(_ driver: DriverName, on bus: BusName) -> Bool? {
    if let changed = difference.registrations[bus]?[driver] { return changed }
    if host.isRegistered(driver, on: bus) { return true }
    return host.drivers(on: bus).isEmpty ? nil : false
  }

  /// Registered drivers of a bus, sorted.
  package func registeredDrivers(on bus: BusName) -> [DriverName] {
    let names = host.drivers(on: bus).map(\.name)
    guard let changes = difference.registrations[bus] else { return names }
    let added = changes.filter(\.value).map(\.key)
    return Set(names.filter { changes[$0] != false }).union(added).sorted()
  }

  /// A driver that unregisters forgets the ids that were written to its `new_id`.
  package mutating func setRegistered(_ isRegistered: Bool, _ driver: DriverName, on bus: BusName) {
    difference.registrations[bus, default: [:]][driver] = isRegistered
    guard !isRegistered, bus == .pci else { return }
    difference.dynamicIDs[driver] = nil
    difference.removedIDs[driver] = nil
  }

  /// An id is added to a driver's dynamic ones.
  package mutating func addID(_ id: PCIIDPair, to driver: DriverName) {
    difference.dynamicIDs[driver, default: []].insert(id)
    difference.removedIDs[driver]?.remove(id)
  }

  /// An id is taken from a driver's dynamic ones.
  ///
  /// - Parameter isLast: whether it cannot have been added twice, so that it is certainly gone.
  package mutating func removeID(_ id: PCIIDPair, from driver: DriverName, isLast: Bool) {
    difference.dynamicIDs[driver]?.remove(id)
    if isLast { difference.removedIDs[driver, default: []].insert(id) }
  }

  /// The devices of a bus that have no driver now, in the host's order.
  func driverless(on bus: BusName) -> [Device] {
    let unbound = difference.bindings.lazy.filter { $0.value == nil }
      .compactMap { self.host.device(at: $0.key) }
    return merge(index.driverlessPositions[bus] ?? [], unbound.filter { $0.bus == bus }) {
      driver(of: $0).isAbsent
    }
  }

  /// The devices on a driver now, in the host's order.
  func devices(on driver: DriverName, bus: BusName) -> [Device] {
    let bound = difference.bindings.lazy.filter { $0.value == driver }
      .compactMap { self.host.device(at: $0.key) }
    let positions = index.positionsByDriver[HostIndex.DriverKey(bus: bus, name: driver)] ?? []
    return merge(positions, bound.filter { $0.bus == bus }) {
      self.driver(of: $0).value == driver
    }
  }

  /// Devices of the snapshot at these positions and others, as far as they are still there.
  private func merge(
    _ positions: [Int], _ others: [Device], where isMeant: (Device) -> Bool
  ) -> [Device] {
    let first = positions.map { host.devices[$0] }.filter { !isRemoved($0.path) && isMeant($0) }
    guard !others.isEmpty else { return first }
    let known = Set(first.map(\.path))
    let second = others.filter { !known.contains($0.path) && !isRemoved($0.path) && isMeant($0) }
    return (first + second).sorted { ($0.name, $0.path) < ($1.name, $1.path) }
  }
}
