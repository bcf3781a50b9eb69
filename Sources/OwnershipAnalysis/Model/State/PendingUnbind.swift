import HashTreeCollections
package import HostModel

/// A removal of a driver that waits for a device's user (kernel-rules §9.2).
package struct PendingUnbind: Sendable, Hashable {
  package let device: HostPath
  /// The driver that is being removed; its link is gone already.
  package let driver: DriverName
  package let cause: Cause

  package enum Cause: Sendable {
    /// A write to `unbind`.
    case write
    /// The removal of a virtual function, which waits with what asked for it (§6.4).
    case removal
    /// The host shows it: its user is not a holder of the sequence, and no operation ends it.
    case observed
  }

  package init(device: HostPath, driver: DriverName, cause: Cause = .write) {
    self.device = device
    self.driver = driver
    self.cause = cause
  }
}

/// The unbinds that wait, at most one for each device, in the order in which they began.
package struct PendingUnbinds: Sendable, Hashable {
  private struct Entry: Sendable, Hashable {
    let unbind: PendingUnbind
    let group: GroupNumber?
    let order: Int
  }

  private var byDevice: TreeDictionary<HostPath, Entry> = [:]
  private var countByGroup: TreeDictionary<GroupNumber, Int> = [:]
  private var next = 0

  package subscript(device: HostPath) -> PendingUnbind? { byDevice[device]?.unbind }

  /// How many devices of the group an unbind waits for.
  func count(in group: GroupNumber) -> Int { countByGroup[group] ?? 0 }

  /// Those of some devices, or of all, in the order in which they began.
  func all(of devices: some Sequence<HostPath>) -> [PendingUnbind] {
    sorted(devices.compactMap { byDevice[$0] })
  }

  package var all: [PendingUnbind] { sorted(byDevice.map(\.value)) }

  private func sorted(_ entries: [Entry]) -> [PendingUnbind] {
    entries.sorted { $0.order < $1.order }.map(\.unbind)
  }

  /// - Parameter group: the device's group.
  mutating func add(_ unbind: PendingUnbind, in group: GroupNumber?) {
    guard byDevice[unbind.device] == nil else { return }
    byDevice[unbind.device] = Entry(unbind: unbind, group: group, order: next)
    next += 1
    if let group { countByGroup[group, default: 0] += 1 }
  }

  package mutating func remove(_ device: HostPath) {
    guard let entry = byDevice.removeValue(forKey: device) else { return }
    if byDevice.isEmpty { next = 0 }
    guard let group = entry.group, let count = countByGroup[group] else { return }
    countByGroup[group] = count > 1 ? count - 1 : nil
  }
}

/// Writes that wait for a device's lock, which an unbind or a write to `sriov_numvfs` holds; they go
/// on when it is free, in their order.
package struct WaitingOperations: Sendable, Hashable {
  private struct Entry: Sendable, Hashable {
    let operation: Operation
    let device: HostPath
  }

  private var line: TreeDictionary<Int, Entry> = [:]
  private var numbersByDevice: TreeDictionary<HostPath, [Int]> = [:]
  /// Physical functions whose `sriov_numvfs` is being written; the writer holds their lock.
  private var resizing: TreeSet<HostPath> = []
  private var next = 0

  package var isEmpty: Bool { line.isEmpty }

  func isResizing(_ function: HostPath) -> Bool { resizing.contains(function) }

  /// - Parameter device: the one whose lock it waits for.
  package mutating func add(_ operation: Operation, for device: HostPath) {
    line[next] = Entry(operation: operation, device: device)
    numbersByDevice[device, default: []].append(next)
    next += 1
    if case .numVFs(let function, _) = operation { resizing.insert(function) }
  }

  /// What waits for a device's lock, in its order.
  func operations(for device: HostPath) -> [Operation] {
    (numbersByDevice[device] ?? []).compactMap { line[$0]?.operation }
  }

  mutating func replace(for device: HostPath, with operations: [Operation]) {
    guard self.operations(for: device) != operations else { return }
    _ = take(waitingFor: CollectionOfOne(device))
    for operation in operations { add(operation, for: device) }
  }

  /// Takes those out that wait for one of the devices, in their order.
  mutating func take(waitingFor devices: some Sequence<HostPath>) -> [Operation] {
    let numbers = devices.flatMap { numbersByDevice.removeValue(forKey: $0) ?? [] }.sorted()
    return numbers.compactMap { take($0)?.operation }
  }

  /// Takes an operation out, of several equal ones the first.
  package mutating func remove(_ operation: Operation) {
    let numbers = line.lazy.filter { $0.value.operation == operation }.map(\.key)
    guard let number = numbers.min(), let entry = take(number) else { return }
    let others = numbersByDevice[entry.device]?.filter { $0 != number } ?? []
    numbersByDevice[entry.device] = others.isEmpty ? nil : others
  }

  /// Out of the line; the caller takes it out of the index.
  private mutating func take(_ number: Int) -> Entry? {
    guard let entry = line.removeValue(forKey: number) else { return nil }
    if case .numVFs(let function, _) = entry.operation { resizing.remove(function) }
    if line.isEmpty { next = 0 }
    return entry
  }
}
