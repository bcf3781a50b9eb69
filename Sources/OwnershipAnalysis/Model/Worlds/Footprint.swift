import HostModel

extension Worlds {
  /// The cells that an operation may read, as far as they can be named before it is applied.
  func cells(of operation: Operation) -> Set<Cell> {
    var cells: Set<Cell> = [.kernel, .configuration]
    switch operation {
    case .bind(let path, let driver):
      cells.formUnion(modelled.cells(with: path))
      cells.insert(.driver(driver))
    case .unbind(let path), .override(let path, _), .numVFs(let path, _):
      cells.formUnion(modelled.cells(with: path))
    case .probe(let path):
      cells.formUnion(modelled.cells(with: path))
      cells.formUnion(openCells.filter(\.isDriver))
    case .newID(let driver, _): cells.formUnion(self.cells(of: [driver]))
    case .removeID(let driver, _): cells.insert(.driver(driver))
    case .open(let paths, let holder), .openCdev(let paths, let holder):
      for path in paths { cells.formUnion(modelled.cells(with: path)) }
      if let holder { cells.insert(.holder(holder)) }
    case .openNode(let group, let holder):
      cells.insert(.group(group))
      if let holder { cells.insert(.holder(holder)) }
    case .close(let holder):
      cells.formUnion(modelled.cells(of: .holder(holder), expected.value(of: .holder(holder))))
      // What waits goes on, and can be about anything.
      if !expected.difference.waiting.isEmpty { cells.formUnion(openCells) }
    case .groupType(let group, _): cells.insert(.group(group))
    case .modprobe(let module, _), .rmmod(let module):
      let drivers = expected.drivers(of: module)
      cells.formUnion(self.cells(of: drivers.map(\.name)) + drivers.map { .bus($0.bus) })
    case .write(let file, _):
      cells.formUnion(self.cells(of: file))
      let meant = operation.resolved(in: expected)
      if meant != operation { cells.formUnion(self.cells(of: meant)) }
    }
    return cells
  }

  /// What decides whether a file can be written, and what is behind it where that is no other
  /// operation.
  private func cells(of file: SysfsFile) -> [Cell] {
    switch file {
    case .driver(_, let driver, _): return [.driver(driver)]
    case .boundDriver(let path, _), .device(let path, _): return modelled.cells(with: path)
    case .bus(_, .rescan): return Array(openCells)
    case .bus(let bus, _): return [.bus(bus)]
    case .groupType(let group): return [.group(group)]
    case .parameter: return [.configuration]
    case .missing, .readOnly: return []
    }
  }

  /// Those of drivers, and of devices of which it is not certain whether they are on one or would
  /// be taken by it.
  private func cells(of drivers: [DriverName]) -> [Cell] {
    let devices = openCells.filter { cell in
      modelled.devices(in: cell).contains { device in
        drivers.contains { driver in
          expected.driver(of: device).value == driver
            || expected.match(device, with: driver) == .yes
        }
      }
    }
    return drivers.map(Cell.driver) + devices
  }
}

extension Cell {
  fileprivate var isDriver: Bool {
    if case .driver = self { true } else { false }
  }
}

extension Operation {
  /// The same by a holder of this name, where it has none itself.
  func held(by name: @autoclosure () -> HolderName) -> Operation {
    switch self {
    case .open(let devices, nil): .open(devices, holder: name())
    case .openNode(let group, nil): .openNode(group, holder: name())
    case .openCdev(let devices, nil): .openCdev(devices, holder: name())
    default: self
    }
  }
}
