import HostModel

/// An operation on all devices of a driver, of which the answer holds if each of them did as was
/// expected of it.
///
/// What else they may have done is asked only of devices that a later operation is about: a driver
/// can have ten thousand.
struct Sweep: Sendable {
  /// Counted from 1.
  let operation: Int
  let before: KernelState
  let after: KernelState
  /// Those that attached, or let go; none where they are not known.
  let drivers: [DriverName]
  /// Cells of which the devices are worked out by now.
  private(set) var seen: Set<Cell> = []

  init(
    _ operation: Int, _ before: KernelState, _ after: KernelState, _ drivers: [DriverName]
  ) {
    self.operation = operation
    self.before = before
    self.after = after
    self.drivers = drivers
  }

  /// Whether a device of the cell may be one of its devices, and is not worked out yet.
  func mayConcern(_ cell: Cell) -> Bool {
    switch cell {
    case .group, .device: !seen.contains(cell)
    case .holder, .driver, .bus, .configuration, .kernel: false
    }
  }

  /// The devices of a cell that may have done otherwise; each time it is asked of other cells.
  mutating func devices(in cells: Set<Cell>) -> [Device] {
    let new = cells.subtracting(seen)
    seen.formUnion(new)
    return new.flatMap(before.modelled.devices).filter {
      drivers.isEmpty ? isFree($0) : !otherBindings(of: $0).isEmpty
    }
  }

  private struct Binding {
    let driver: DriverName?
    /// It took nothing for granted that this did not happen.
    let isExpected: Bool
  }

  /// A driver of which nothing is known may have taken it.
  private func isFree(_ device: Device) -> Bool {
    before.driver(of: device).isAbsent && before.override(of: device).value?.driver == nil
  }

  private func otherBindings(of device: Device) -> [Binding] {
    let (was, now) = (before.driver(of: device), after.driver(of: device))
    if was != now { return [Binding(driver: was.value, isExpected: false)] }
    guard was.isAbsent else { return [] }
    return drivers.compactMap { driver in
      guard after.isRegistered(driver, on: device.bus) == true else { return nil }
      switch before.match(device, with: driver) {
      case .no: return nil
      case .unknown where after.isWorthDoubt(driver, for: device):
        return Binding(driver: driver, isExpected: false)
      case .unknown: return nil
      case .yes:
        guard case .undetermined = DriverAttachment(device, to: driver, in: before) else {
          return nil
        }
        return Binding(driver: driver, isExpected: true)
      }
    }
  }

  /// The world as it is, and as it is where the device did otherwise.
  func split(_ world: World, by device: Device) -> [World] {
    guard world.state.driver(of: device) == after.driver(of: device) else { return [world] }
    var asExpected = world
    asExpected.add(Outcome(verdict: .accepted, isAsAssumed: true), of: operation)
    return [asExpected]
      + otherBindings(of: device).map { binding in
        var other = world
        if let driver = binding.driver {
          other.state.bind(device, to: driver)
        } else {
          other.state.unbind(device)
        }
        other.add(Outcome(verdict: .accepted, isAsAssumed: false), of: operation)
        other.isExpected = other.isExpected && binding.isExpected
        return other
      }
  }
}

extension World {
  /// How an operation ended in it.
  mutating func add(_ outcome: Outcome, of operation: Int) {
    turns[operation, default: []].insert(outcome)
  }
}

extension KernelState {
  /// The drivers that a bulk operation is about.
  func drivers(of operation: Operation) -> [DriverName] {
    switch operation {
    case .newID(let driver, _): [driver]
    case .modprobe(let module, _), .rmmod(let module): drivers(of: module).map(\.name)
    default: []
    }
  }
}

extension Operation {
  /// Of one on all devices of a driver: whether it gives a device to it.
  var mayBind: Bool {
    if case .rmmod = self { false } else { true }
  }
}

extension Doubt {
  /// Whether an operation on a driver's devices was refused if it is not so, and did nothing to the
  /// driver.
  var concernsDriver: Bool {
    switch self {
    case .assumed(.noOtherModuleUses), .assumed(.tableHasPlainEntry): true
    default: false
    }
  }
}
