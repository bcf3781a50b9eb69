package import HostModel

extension KernelState {
  /// Whether the driver is registered on the bus; `nil` when the bus's drivers were not read.
  package func isRegistered(_ driver: DriverName, on bus: BusName) -> Bool? {
    if let changed = registrations[bus]?[driver] { return changed }
    if host.isRegistered(driver, on: bus) { return true }
    return host.drivers(on: bus).isEmpty ? nil : false
  }

  /// Registered drivers of a bus, sorted.
  package func registeredDrivers(on bus: BusName) -> [DriverName] {
    let names = host.drivers(on: bus).map(\.name)
    guard let changes = registrations[bus] else { return names }
    let added = changes.filter(\.value).map(\.key)
    return Set(names.filter { changes[$0] != false }).union(added).sorted()
  }

  /// A driver that unregisters forgets the ids that were written to its `new_id`.
  package mutating func setRegistered(_ isRegistered: Bool, _ driver: DriverName, on bus: BusName) {
    registrations[bus, default: [:]][driver] = isRegistered
    guard !isRegistered, bus == .pci else { return }
    dynamicIDs[driver] = nil
    removedIDs[driver] = nil
  }

  /// The devices of a bus that have no driver now, in the host's order.
  func driverless(on bus: BusName) -> [Device] {
    let unbound = bindings.filter { $0.value == nil }.keys.compactMap(host.device)
    return merge(index.driverlessPositions[bus] ?? [], unbound.filter { $0.bus == bus }) {
      driver(of: $0).isAbsent
    }
  }

  /// The devices on a driver now, in the host's order.
  func devices(on driver: DriverName, bus: BusName) -> [Device] {
    let bound = bindings.filter { $0.value == driver }.keys.compactMap(host.device)
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
