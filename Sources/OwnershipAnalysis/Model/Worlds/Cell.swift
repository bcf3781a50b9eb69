import HashTreeCollections
import HostModel

/// What has to be decided together: a group with all its members, a holder, a driver.
///
/// Parts of the state in different cells never decide one answer, unless an operation touches both.
enum Cell: Hashable, Sendable {
  case group(GroupNumber)
  /// A device without a group.
  case device(HostPath)
  case holder(HolderName)
  case driver(DriverName)
  case bus(BusName)
  /// How the kernel and its modules are configured.
  case configuration
  /// Whether the kernel still runs.
  case kernel
}

extension ModelledHost {
  func cell(of path: HostPath) -> Cell {
    host.device(at: path)?.group.value.map(Cell.group) ?? .device(path)
  }

  func cell(of part: StatePart) -> Cell {
    switch part {
    case .device(let path): cell(of: path)
    case .group(let number): .group(number)
    case .holder(let name): .holder(name)
    case .driver(let name): .driver(name)
    case .bus(let bus): .bus(bus)
    case .parameter: .configuration
    case .unknown(let unknown): cell(of: unknown)
    case .kernel: .kernel
    }
  }

  private func cell(of unknown: Unknown) -> Cell {
    switch unknown {
    case .claimed(let group): .group(group)
    case .open(let path), .locked(let path), .matches(let path, _), .platformReset(let path),
      .accepts(_, let path):
      cell(of: path)
    case .deviceNodes: .configuration
    }
  }

  /// The cells that a value of a part concerns: of a holder also what it holds.
  func cells(of part: StatePart, _ value: StateValue) -> [Cell] {
    guard case .holder(let hold?) = value else { return [cell(of: part)] }
    return [cell(of: part)] + hold.nodes.map(Cell.group)
      + hold.devices.union(hold.cdevs).map { cell(of: $0) }
  }

  /// The devices of a cell.
  func devices(in cell: Cell) -> [Device] {
    switch cell {
    case .group(let number): return host.group(number).map(host.members) ?? []
    case .device(let path): return host.device(at: path).map { [$0] } ?? []
    case .holder, .driver, .bus, .configuration, .kernel: return []
    }
  }

  /// The cells of a device and of the functions that SR-IOV ties to it.
  func cells(with path: HostPath) -> [Cell] {
    guard let device = host.device(at: path) else { return [cell(of: path)] }
    switch device.sriov {
    case .physical(let function):
      return [cell(of: path)] + function.virtualFunctions.map { cell(of: $0) }
    case .virtual(let parent): return [cell(of: path), cell(of: parent)]
    case .none, .unread: return [cell(of: path)]
    }
  }
}
