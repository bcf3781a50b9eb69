import HostModel

/// Which device of one host is which device of the other.
struct DeviceMatching {
  let old: [Device]
  let new: [Device]
  /// By index of the old device.
  let pairs: [Int: Pair]
  /// Other devices in the same places, by index of the old device.
  let replacements: [Int: Int]

  private let oldByPath: [HostPath: Int]
  private let newByPath: [HostPath: Int]
  private let oldOfNew: [Int: Int]
  private let units: [(old: DeviceUnits, new: DeviceUnits)]

  struct Pair {
    let new: Int
    let relation: Relation
  }

  enum Relation {
    /// Connected in the same place; its address may be another.
    case samePlace
    /// The same ids in another place.
    case elsewhere
  }

  /// A device of either host, or both of a pair.
  struct Identity: Hashable {
    fileprivate let number: Int
  }

  init(
    old: DeviceTopology, new: DeviceTopology, pairs: [Int: Pair], replacements: [Int: Int],
    units: [(old: DeviceUnits, new: DeviceUnits)]
  ) {
    self.old = old.devices
    self.new = new.devices
    self.pairs = pairs
    self.replacements = replacements
    self.units = units
    oldByPath = old.indexesByPath
    newByPath = new.indexesByPath
    oldOfNew = Dictionary(
      pairs.map { ($1.new, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func identity(ofOld path: HostPath) -> Identity? {
    oldByPath[path].map(Identity.init)
  }

  func identity(ofNew path: HostPath) -> Identity? {
    newByPath[path].map { Identity(number: oldOfNew[$0] ?? old.count + $0) }
  }

  /// The same device on the new host.
  func counterpart(ofOld path: HostPath) -> Device? {
    oldByPath[path].flatMap { pairs[$0] }.map { new[$0.new] }
  }

  /// The same device on the old host.
  func counterpart(ofNew path: HostPath) -> Device? {
    newByPath[path].flatMap { oldOfNew[$0] }.map { old[$0] }
  }

  /// The device that took the place of this one.
  func successor(ofOld path: HostPath) -> Device? {
    oldByPath[path].flatMap { replacements[$0] }.map { new[$0] }
  }

  /// How many of these, by all that can be seen, the larger number of the two hosts has.
  ///
  /// A card counts with all its functions: the two ports of one network card are not alike.
  func identicalDevices(old: Int?, new: Int?) -> Int {
    for (oldUnits, newUnits) in units {
      let signatures = [old.flatMap(oldUnits.signature), new.flatMap(newUnits.signature)]
        .compactMap { $0 }
      // The functions of a card are its signature; if they changed, each stands for itself.
      guard let signature = signatures.first, signatures.allSatisfy({ $0 == signature }) else {
        continue
      }
      return max(oldUnits[signature].count, newUnits[signature].count)
    }
    return 1
  }

  /// The old device of this one's pair.
  func old(ofNew index: Int) -> Int? { oldOfNew[index] }
}
