package import HostModel

/// A device that is not on the new host what it was on the old.
package struct DeviceComparison: Sendable {
  package let change: Change
  /// `nil` for a new device.
  package let old: Device?
  /// `nil` for a device that is gone.
  package let new: Device?
  /// How many such devices there are, by all that can be seen. Above 1, which of them has moved,
  /// come or gone rests on their order.
  package let identicalDevices: Int
  /// The other device that has the old address now.
  package let deviceAtOldAddress: Device?

  package enum Change: String, Sendable, CaseIterable {
    case new
    case gone
    /// Another device in the same place.
    case replaced
    /// The same ids in another place.
    case moved
    /// In its place, under another address.
    case renumbered
    /// In its place and with its address, but with another driver or override.
    case kept
  }

  /// Bound, unbound, or bound to another driver; not when one of the hosts does not say.
  package var changesDriver: Bool {
    guard let old, let new, change != .replaced, old.driver.failure == nil,
      new.driver.failure == nil
    else { return false }
    return old.driver.value != new.driver.value
  }

  /// The same of `driver_override`.
  package var changesOverride: Bool {
    guard let old, let new, change != .replaced, old.driverOverride.failure == nil,
      new.driverOverride.failure == nil
    else { return false }
    return old.driverOverride.value?.driver != new.driverOverride.value?.driver
  }

  /// Whether it is a virtual function, which comes and goes with a number written to its parent.
  package var isVirtualFunction: Bool {
    if case .virtual = (new ?? old)?.sriov { true } else { false }
  }
}

extension DeviceComparison {
  /// The devices that differ: by the new host's order, what is gone after it.
  static func all(_ matching: DeviceMatching, _ old: Audit, _ new: Audit) -> [DeviceComparison] {
    let newByAddress = Dictionary(
      matching.new.map { (BusAddress($0), $0) }, uniquingKeysWith: { first, _ in first })
    let oldOfReplacement = Dictionary(
      matching.replacements.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let oldLists = UnreadLists(old.host)
    let newLists = UnreadLists(new.host)
    var comparisons: [DeviceComparison] = []
    for (index, device) in matching.new.enumerated() {
      let partner = matching.old(ofNew: index) ?? oldOfReplacement[index]
      guard partner != nil || !oldLists.mayHide(device) else { continue }
      let comparison = compare(partner, index, matching, newByAddress)
      if comparison.isDifferent { comparisons.append(comparison) }
    }
    for (index, device) in matching.old.enumerated()
    where matching.pairs[index] == nil && matching.replacements[index] == nil
      && !newLists.mayHide(device)
    {
      comparisons.append(compare(index, nil, matching, newByAddress))
    }
    return comparisons
  }

  private static func compare(
    _ oldIndex: Int?, _ newIndex: Int?, _ matching: DeviceMatching,
    _ newByAddress: [BusAddress: Device]
  ) -> DeviceComparison {
    let old = oldIndex.map { matching.old[$0] }
    let new = newIndex.map { matching.new[$0] }
    let other = old.flatMap { newByAddress[BusAddress($0)] }
    return DeviceComparison(
      change: change(old, new, by: oldIndex.flatMap { matching.pairs[$0] }), old: old, new: new,
      identicalDevices: matching.identicalDevices(old: oldIndex, new: newIndex),
      deviceAtOldAddress: other?.path == new?.path ? nil : other)
  }

  private static func change(
    _ old: Device?, _ new: Device?, by pair: DeviceMatching.Pair?
  ) -> Change {
    guard let old else { return .new }
    guard let new else { return .gone }
    guard let pair else { return .replaced }
    if pair.relation == .elsewhere { return .moved }
    return old.name == new.name ? .kept : .renumbered
  }

  private var isDifferent: Bool { change != .kept || changesDriver || changesOverride }
}

/// A device's name with the bus that it is unique on.
private struct BusAddress: Hashable {
  let bus: BusName
  let name: DeviceName

  init(_ device: Device) {
    bus = device.bus
    name = device.name
  }
}

/// The lists of devices that a host did not give; without its bus' list a device that is missing is
/// not gone.
private struct UnreadLists {
  private let paths: Set<HostPath>

  init(_ host: ObservedHost) {
    paths = Set(host.problems.map(\.path))
  }

  func mayHide(_ device: Device) -> Bool {
    let bus: HostPath = "sys/bus" / device.bus.text
    return paths.contains("sys/bus") || paths.contains(bus) || paths.contains(bus / "devices")
  }
}
