import HostModel
import TestSupport

/// Which bridge each function is below, guessed from addresses alone.
///
/// Firmware numbers buses depth first, each bridge taking the next number even when nothing is
/// plugged in. Where that leads to a bus that exists, the bridge is its parent; a bus that no
/// bridge reaches becomes a separate root.
struct BusTree {
  private var bridgesByBus: [Bus: [DeviceName]] = [:]
  private var parents: [Bus: DeviceName] = [:]

  private struct Bus: Hashable {
    let domain: UInt32
    let number: UInt8
  }

  init(of functions: [PCIFunction]) {
    let sorted = functions.sorted { $0.address < $1.address }
    for function in sorted where function.header == .bridge {
      bridgesByBus[BusTree.bus(of: function), default: []].append(function.name)
    }
    var reached: Set<Bus> = []
    let existing = Set(sorted.map(BusTree.bus))
    for function in sorted {
      let bus = BusTree.bus(of: function)
      guard !reached.contains(bus) else { continue }
      var next = bus.number
      visit(bus, next: &next, existing: existing, reached: &reached)
    }
  }

  func parent(of function: PCIFunction) -> DeviceName? {
    parents[BusTree.bus(of: function)]
  }

  private mutating func visit(
    _ bus: Bus, next: inout UInt8, existing: Set<Bus>, reached: inout Set<Bus>
  ) {
    reached.insert(bus)
    for bridge in bridgesByBus[bus] ?? [] {
      guard next < .max else { return }
      next += 1
      let below = Bus(domain: bus.domain, number: next)
      guard existing.contains(below), !reached.contains(below) else { continue }
      parents[below] = bridge
      visit(below, next: &next, existing: existing, reached: &reached)
    }
  }

  private static func bus(of function: PCIFunction) -> Bus {
    Bus(domain: function.address.domain, number: function.address.bus)
  }
}
