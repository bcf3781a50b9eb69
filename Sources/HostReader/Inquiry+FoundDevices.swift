import HostModel

/// A device that a bus lists.
struct FoundDevice: Sendable {
  let bus: GroupBus
  let path: HostPath
}

extension Inquiry {
  /// The buses of the table that this host has.
  mutating func buses() -> [GroupBus] {
    GroupBus.all.filter { bus in
      let answer = contains(bus.name.text, in: "sys/bus")
      if bus.isWhole, case .unread(.notAsked) = answer { note(.notCaptured, at: bus.path) }
      return answer.value == true
    }
  }

  /// Walks `/sys/bus/BUS/devices` of these buses; by path.
  mutating func foundDevices(on buses: [GroupBus]) -> [FoundDevice] {
    var found: [FoundDevice] = []
    for bus in buses {
      let directory = bus.path / "devices"
      found += each(of: requiredNames(in: directory).value ?? []) { inquiry, name in
        switch inquiry.target(of: name, in: directory) {
        case .value(let path) where inquiry.isDevice(path):
          return FoundDevice(bus: bus, path: path)
        case .value(let path):
          inquiry.note(.malformed("leads to \(path)"), at: directory / name)
        case .absent:
          inquiry.note(.vanished, at: directory / name)
        case .unread:
          break
        }
        return nil
      }
    }
    // Neighbours share directories, which a store then need not open again.
    return found.sorted { $0.path < $1.path }
  }

  /// Whether a path can be a device: sysfs has them all below `/sys/devices`.
  ///
  /// None is deeper than a directory that can be opened: a link can name a path of a million
  /// directories, and each would be looked for among the devices.
  func isDevice(_ path: HostPath) -> Bool {
    path.relative.utf8.starts(with: "sys/devices/".utf8)
      && path.relative.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
      && path.relative.utf8.count { $0 == UInt8(ascii: "/") } < AttributeLimit.depth
  }
}
