extension ObservedHost {
  /// The devices of this name: one on each bus that has it.
  package func devices(named name: DeviceName) -> [Device] {
    let first = devices.firstIndex(sortedBy: { !($0.name < name) })
    return devices[first...].prefix { !(name < $0.name) }.filter { $0.name == name }
  }

  /// The drivers registered on a bus, by name.
  package func drivers(on bus: BusName) -> ArraySlice<Driver> {
    let first = drivers.firstIndex(sortedBy: { !($0.bus < bus) })
    let end = drivers.firstIndex(sortedBy: { bus < $0.bus })
    return drivers[first..<end]
  }

  /// The driver of this name on the bus, when it is registered.
  package func driver(_ name: DriverName, on bus: BusName) -> Driver? {
    let first = drivers.firstIndex(sortedBy: { !(($0.bus, $0.name) < (bus, name)) })
    guard first < drivers.endIndex, drivers[first].bus == bus, drivers[first].name == name
    else { return nil }
    return drivers[first]
  }

  /// Whether a driver of this name is registered on the bus.
  package func isRegistered(_ driver: DriverName, on bus: BusName) -> Bool {
    self.driver(driver, on: bus) != nil
  }
}

extension Array {
  /// Where a sorted array turns from elements without a property to elements with it, found by
  /// halving; the end when no element has it.
  fileprivate func firstIndex(sortedBy hasProperty: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if hasProperty(self[middle]) {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return low
  }
}
