import HashTreeCollections
package import HostModel

/// A part of the state that operations read and write as one.
package enum StatePart: Hashable, Sendable {
  case device(HostPath)
  case group(GroupNumber)
  case holder(HolderName)
  /// A driver's registrations, and the ids that were written to its `new_id`.
  case driver(DriverName)
  /// A bus's `drivers_autoprobe`.
  case bus(BusName)
  case parameter(ModuleParameter)
  /// What a world takes for true of something that cannot be seen.
  case unknown(Unknown)
  /// Whether the kernel still runs.
  case kernel
}

/// What a state says of one of its parts: two states are the same where all parts are.
enum StateValue: Hashable, Sendable {
  case device(DeviceRecord)
  case group(GroupRecord)
  case holder(Hold?)
  case driver(DriverRecord)
  case unknown(Bool?)
  /// What was written to a switch; `nil` for nothing.
  case isOn(Bool?)
  case kernel(isCrashed: Bool)
}

/// What operations changed of a device; empty where they changed nothing.
struct DeviceRecord: Hashable, Sendable {
  var binding: DriverName??
  var override: DriverOverride?
  var isUncounted = false
  var isRemoved = false
  var pending: PendingUnbind?
  /// Operations that wait for its lock.
  var waiting: [Operation] = []
  var virtualFunctions: Int?
  var areVirtualFunctionsDoubtful = false
  var vfAutoprobe: Bool?
}

struct GroupRecord: Hashable, Sendable {
  var owner: Ownership?
  var type: DomainType?
}

struct DriverRecord: Hashable, Sendable {
  var isRegistered: [BusName: Bool] = [:]
  var added: TreeSet<PCIIDPair>?
  var removed: TreeSet<PCIIDPair>?
}

extension KernelState {
  func value(of part: StatePart) -> StateValue {
    switch part {
    case .device(let path): .device(record(of: path))
    case .group(let number):
      .group(GroupRecord(owner: difference.owners[number], type: difference.groupTypes[number]))
    case .holder(let name): .holder(difference.holds[name])
    case .driver(let name):
      .driver(
        DriverRecord(
          isRegistered: difference.registrations.compactMapValues { $0[name] },
          added: difference.dynamicIDs[name].flatMap { $0.isEmpty ? nil : $0 },
          removed: difference.removedIDs[name].flatMap { $0.isEmpty ? nil : $0 }))
    case .bus(let bus): .isOn(difference.autoprobe[bus])
    case .parameter(let parameter): .isOn(difference.parameters[parameter])
    case .unknown(let unknown): .unknown(difference.settled[unknown])
    case .kernel: .kernel(isCrashed: difference.isCrashed)
    }
  }

  private func record(of path: HostPath) -> DeviceRecord {
    DeviceRecord(
      binding: difference.bindings[path], override: difference.overrides[path],
      isUncounted: difference.uncounted.contains(path),
      isRemoved: difference.removed.contains(path), pending: difference.pending[path],
      waiting: difference.waiting.operations(for: path),
      virtualFunctions: difference.virtualFunctions[path],
      areVirtualFunctionsDoubtful: difference.doubtfulVirtualFunctions.contains(path),
      vfAutoprobe: difference.vfAutoprobe[path])
  }

  /// - Parameter value: one of this part, of a state of the same host.
  mutating func set(_ part: StatePart, to value: StateValue) {
    note(part)
    switch (part, value) {
    case (.device(let path), .device(let record)): set(path, to: record)
    case (.group(let number), .group(let record)):
      difference.owners[number] = record.owner
      difference.groupTypes[number] = record.type
      touch(number)
    case (.holder(let name), .holder(let hold)): difference.holds.set(name, to: hold)
    case (.driver(let name), .driver(let record)):
      for bus in Set(difference.registrations.keys).union(record.isRegistered.keys) {
        difference.registrations[bus, default: [:]][name] = record.isRegistered[bus]
      }
      difference.dynamicIDs[name] = record.added
      difference.removedIDs[name] = record.removed
    case (.bus(let bus), .isOn(let isOn)): difference.autoprobe[bus] = isOn
    case (.parameter(let parameter), .isOn(let isOn)): difference.parameters[parameter] = isOn
    case (.unknown(let unknown), .unknown(let answer)): difference.settled[unknown] = answer
    case (.kernel, .kernel(let isCrashed)): difference.isCrashed = isCrashed
    default: break  // No part has a value of another.
    }
  }

  private mutating func set(_ path: HostPath, to record: DeviceRecord) {
    guard let device = host.device(at: path) else { return }
    change(device) {
      $0.bindings[path] = record.binding
      $0.uncounted.set(path, to: record.isUncounted)
      $0.removed.set(path, to: record.isRemoved)
    }
    difference.overrides[path] = record.override
    difference.pending.remove(path)
    if let pending = record.pending { difference.pending.add(pending, in: device.group.value) }
    difference.waiting.replace(for: path, with: record.waiting)
    difference.virtualFunctions[path] = record.virtualFunctions
    difference.vfAutoprobe[path] = record.vfAutoprobe
    difference.doubtfulVirtualFunctions.set(path, to: record.areVirtualFunctionsDoubtful)
  }
}

extension TreeSet {
  fileprivate mutating func set(_ member: Element, to isMember: Bool) {
    if isMember { insert(member) } else { remove(member) }
  }
}
