import HashTreeCollections
package import HostModel

extension KernelState {
  /// Whether the driver is registered on the bus; `nil` when the bus's drivers were not read.
  package func isRegistered(_ driver: DriverName, on bus: BusName) -> Bool? {
    if let changed = difference.registrations[bus]?[driver] { return changed }
    if host.isRegistered(driver, on: bus) { return true }
    return host.drivers(on: bus).isEmpty ? nil : false
  }

  /// Whether the drivers that may take the device are known: an override leaves one.
  func knowsDrivers(for device: Device) -> Bool {
    if case .value(.driver(let wanted)) = override(of: device) {
      return isRegistered(wanted, on: device.bus) != nil
    }
    return !host.drivers(on: device.bus).isEmpty
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
    note(.driver(driver))
    difference.registrations[bus, default: [:]][driver] = isRegistered
    guard !isRegistered, bus == .pci else { return }
    difference.dynamicIDs[driver] = nil
    difference.removedIDs[driver] = nil
  }

  /// An id is added to a driver's dynamic ones.
  package mutating func addID(_ id: PCIIDPair, to driver: DriverName) {
    note(.driver(driver))
    difference.dynamicIDs[driver, default: []].insert(id)
    difference.removedIDs[driver]?.remove(id)
  }

  /// An id is taken from a driver's dynamic ones.
  ///
  /// - Parameter isLast: whether it cannot have been added twice, so that it is certainly gone.
  package mutating func removeID(_ id: PCIIDPair, from driver: DriverName, isLast: Bool) {
    note(.driver(driver))
    difference.dynamicIDs[driver]?.remove(id)
    if isLast { difference.removedIDs[driver, default: []].insert(id) }
  }

  /// The devices of a bus that have no driver now, in the host's order.
  func driverless(on bus: BusName) -> [Device] {
    let unbound = difference.bindings.lazy.filter { $0.value == nil }
    return devices(at: index.driverlessPositions[bus] ?? [], and: unbound.map(\.key)) {
      $0.bus == bus && driver(of: $0).isAbsent
    }
  }

  /// The devices on a driver now, in the host's order.
  func devices(on driver: DriverName, bus: BusName) -> [Device] {
    let bound = difference.bindings.lazy.filter { $0.value == driver }
    let positions = index.positionsByDriver[HostIndex.DriverKey(bus: bus, name: driver)] ?? []
    return devices(at: positions, and: bound.map(\.key)) {
      $0.bus == bus && self.driver(of: $0).value == driver
    }
  }

  /// Devices at these positions of the host, in order, and others, as far as they are still there.
  private func devices(
    at positions: [Int], and others: some Sequence<HostPath>, where isMeant: (Device) -> Bool
  ) -> [Device] {
    var positions = positions
    let changed = others.compactMap(host.position)
    if !changed.isEmpty { positions = Set(positions).union(changed).sorted() }
    return positions.lazy.map { self.host.devices[$0] }
      .filter { isMeant($0) && !self.isRemoved($0.path) }
  }
}
