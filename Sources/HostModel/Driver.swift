/// A driver registered on a bus: a directory of `/sys/bus/BUS/drivers`.
package struct Driver: Sendable, Hashable {
  package let bus: BusName
  package let name: DriverName
  /// Where `module` leads; absent for a driver built into the kernel.
  package let module: Reading<ModuleName>

  package init(bus: BusName, name: DriverName, module: Reading<ModuleName>) {
    self.bus = bus
    self.name = name
    self.module = module
  }

  /// `/sys/bus/BUS/drivers/NAME`.
  package var path: HostPath {
    "sys/bus" / bus.text / "drivers" / name.text
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(bus)
    hasher.combine(name)
  }
}

/// The text of `driver_override`: the only driver that may bind the device.
package enum DriverOverride: Sendable, Hashable {
  /// The kernel shows `(null)`.
  case unset
  /// Compared with driver names byte by byte; no such driver need exist.
  case driver(DriverName)

  /// Reads the attribute's text, without its line end.
  package init(text: String) {
    self = text == "(null)" || text.isEmpty ? .unset : .driver(DriverName(text))
  }

  package var driver: DriverName? {
    if case .driver(let name) = self { name } else { nil }
  }
}
