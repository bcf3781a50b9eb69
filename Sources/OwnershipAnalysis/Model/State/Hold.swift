import HashTreeCollections
package import HostModel

/// What a holder of the sequence keeps open.
struct Hold: Sendable, Hashable {
  /// Group nodes, `/dev/vfio/N`.
  fileprivate(set) var nodes: TreeSet<GroupNumber> = []
  /// Groups attached to its container; their nodes are open too.
  fileprivate(set) var containerGroups: TreeSet<GroupNumber> = []
  /// Devices opened through their group.
  fileprivate(set) var devices: TreeSet<HostPath> = []
  /// Devices whose cdev is open and bound to its iommufd.
  fileprivate(set) var cdevs: TreeSet<HostPath> = []
  /// It is in a call that never returns, and cannot even be killed.
  fileprivate(set) var isStuck = false
}

/// Every holder with what it keeps open, found by name, by device and by group.
package struct HoldTable: Sendable, Hashable {
  private var byName: TreeDictionary<HolderName, Hold> = [:]
  /// The holders of a device, by whichever interface; sorted.
  private var users: TreeDictionary<HostPath, [HolderName]> = [:]
  /// The holders of a group's node; sorted.
  private var openers: TreeDictionary<GroupNumber, [HolderName]> = [:]
  /// The smallest number N for which no holder is called `userN`.
  private var firstFreeUser = 1

  subscript(name: HolderName) -> Hold? { byName[name] }

  package var names: [HolderName] { byName.keys.sorted() }

  /// Whether the holder is in a call that never returns.
  package func isStuck(_ name: HolderName) -> Bool { byName[name]?.isStuck == true }

  /// The first holder of the device by name, so that the answer is the same on every run.
  func user(of device: HostPath) -> HolderName? { users[device]?.first }

  /// The same among those that opened its own node.
  func cdevHolder(of device: HostPath) -> HolderName? {
    users[device]?.first { byName[$0]?.cdevs.contains(device) == true }
  }

  /// The first holder of the group's node by name.
  package func opener(of group: GroupNumber) -> HolderName? { openers[group]?.first }

  /// A name for a holder that was given none.
  var freshName: HolderName { HoldTable.userName(firstFreeUser) }

  package mutating func add(node: GroupNumber, to name: HolderName) {
    change(name) { $0.nodes.insert(node) }
    HoldTable.insert(name, into: &openers[node, default: []])
  }

  package mutating func add(container group: GroupNumber, to name: HolderName) {
    add(node: group, to: name)
    change(name) { $0.containerGroups.insert(group) }
  }

  package mutating func add(device: HostPath, to name: HolderName) {
    change(name) { $0.devices.insert(device) }
    HoldTable.insert(name, into: &users[device, default: []])
  }

  package mutating func add(cdev device: HostPath, to name: HolderName) {
    change(name) { $0.cdevs.insert(device) }
    HoldTable.insert(name, into: &users[device, default: []])
  }

  mutating func setStuck(_ name: HolderName) {
    change(name) { $0.isStuck = true }
  }

  /// The holder lets go of everything.
  @discardableResult
  mutating func remove(_ name: HolderName) -> Hold? {
    guard let hold = byName.removeValue(forKey: name) else { return nil }
    for group in hold.nodes { HoldTable.remove(name, from: &openers, at: group) }
    for device in hold.devices.union(hold.cdevs) {
      HoldTable.remove(name, from: &users, at: device)
    }
    if let number = HoldTable.userNumber(name) { firstFreeUser = min(firstFreeUser, number) }
    return hold
  }

  /// What the holder keeps open becomes this; `nil` for nothing.
  mutating func set(_ name: HolderName, to hold: Hold?) {
    remove(name)
    guard let hold else { return }
    for node in hold.nodes { add(node: node, to: name) }
    for device in hold.devices { add(device: device, to: name) }
    for device in hold.cdevs { add(cdev: device, to: name) }
    change(name) { $0 = hold }
  }

  /// The holders of the group's node.
  func openers(of group: GroupNumber) -> [HolderName] { openers[group] ?? [] }

  /// The kernel revokes the group: whoever holds its node holds nothing of it any more.
  mutating func revoke(_ group: GroupNumber) {
    for name in openers.removeValue(forKey: group) ?? [] {
      change(name) {
        $0.nodes.remove(group)
        $0.containerGroups.remove(group)
      }
    }
  }

  private mutating func change(_ name: HolderName, _ change: (inout Hold) -> Void) {
    let isNew = byName[name] == nil
    change(&byName[name, default: Hold()])
    guard isNew else { return }
    while byName[HoldTable.userName(firstFreeUser)] != nil { firstFreeUser += 1 }
  }

  private static func userName(_ number: Int) -> HolderName { HolderName("user\(number)") }

  private static func userNumber(_ name: HolderName) -> Int? {
    guard name.text.hasPrefix("user"), let number = Int(name.text.dropFirst(4)), number > 0,
      userName(number) == name
    else { return nil }
    return number
  }

  private static func insert(_ name: HolderName, into names: inout [HolderName]) {
    let place = place(of: name, in: names)
    guard place == names.endIndex || names[place] != name else { return }
    names.insert(name, at: place)
  }

  /// Where the name is or would be, by halving: a node of a captured host can have thousands.
  private static func place(of name: HolderName, in names: [HolderName]) -> Int {
    var range = names.indices
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range = names[middle] < name ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound
  }

  private static func remove<Key: Hashable>(
    _ name: HolderName, from table: inout TreeDictionary<Key, [HolderName]>, at key: Key
  ) {
    guard let names = table[key] else { return }
    let place = place(of: name, in: names)
    guard place != names.endIndex, names[place] == name else { return }
    table[key]?.remove(at: place)
    if table[key]?.isEmpty == true { table[key] = nil }
  }
}

extension KernelState {
  /// Changes what a holder keeps open.
  @discardableResult
  mutating func changeHold<Result>(
    of name: HolderName, _ change: (inout HoldTable) -> Result
  ) -> Result {
    note(.holder(name))
    return change(&difference.holds)
  }

  mutating func revokeHolds(of group: GroupNumber) {
    for name in difference.holds.openers(of: group) { note(.holder(name)) }
    difference.holds.revoke(group)
  }
}
