import HostModel

/// What stands on each block device of a host: mounts and swap, through volumes, arrays and the like
/// of any depth.
struct StorageUse: Sendable {
  /// What a block device holds, whatever is between.
  struct Holding: Sendable {
    /// The topmost block device of each.
    fileprivate(set) var tops: [(loss: Loss, top: Int)] = []
    /// Whether another block device is made of it.
    fileprivate(set) var isMember = false
  }

  /// By the place of the block device.
  private(set) var holdings: [Holding]
  /// File systems whose disks cannot be seen.
  private(set) var pools: [EntryName] = []
  private var names: [EntryName: Int] = [:]

  init(_ use: HostUse?) {
    let blocks = use?.blocks ?? []
    holdings = Array(repeating: Holding(), count: blocks.count)
    guard let use else { return }
    names = Dictionary(
      blocks.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let lowers = StorageUse.lowers(of: blocks)
    for below in lowers.joined() { holdings[below].isMember = true }
    var held: [(place: Int, loss: Loss, top: Int)] = []
    for mount in use.mounts.value ?? [] {
      for place in places(of: mount, among: blocks) {
        held.append((place, Loss(mount.place), place))
      }
    }
    for swap in use.swaps.value ?? [] {
      if let place = names[swap] { held.append((place, .swap, place)) }
    }
    spread(held, over: lowers)
    spreadFromFiles(of: blocks, over: lowers)
  }

  /// The block devices of a mount; a file system of which none is seen is kept as a pool.
  private mutating func places(of mount: HostMount, among blocks: [BlockDevice]) -> [Int] {
    if !mount.isAnonymous {
      return byNumber(blocks)[mount.number].map { [$0] } ?? []
    }
    let found = mount.sources.compactMap { names[$0] }
    let pool = EntryName(mount.fileSystem)
    if found.isEmpty, StorageUse.pooled.contains(pool), !pools.contains(pool) {
      pools.append(pool)
    }
    return found
  }

  private static let pooled: Set<EntryName> = ["zfs", "btrfs", "bcachefs"]

  private var numbers: [DeviceNumber: Int] = [:]

  private mutating func byNumber(_ blocks: [BlockDevice]) -> [DeviceNumber: Int] {
    if numbers.isEmpty {
      numbers = Dictionary(
        blocks.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { first, _ in first })
    }
    return numbers
  }

  /// The places of what each block device is made of; a disk is not made of its partitions.
  private static func lowers(of blocks: [BlockDevice]) -> [[Int]] {
    let places = Dictionary(
      blocks.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    return blocks.map { $0.lowers.compactMap { places[$0] } }
  }

  /// Every block device below one that holds something holds it too. Each comes to each of them
  /// once, however many ways lead there.
  private mutating func spread(
    _ held: [(place: Int, loss: Loss, top: Int)], over lowers: [[Int]]
  ) {
    var left = held
    while let next = left.popLast() {
      guard !holdings[next.place].tops.contains(where: { $0.loss == next.loss }) else { continue }
      holdings[next.place].tops.append((next.loss, next.top))
      for below in lowers[next.place] { left.append((below, next.loss, next.top)) }
    }
  }

  /// The file of a loop device lies in some file system that is mounted: which, is private. What
  /// the host cannot do without and stands on such a file may stand on any of them.
  private mutating func spreadFromFiles(of blocks: [BlockDevice], over lowers: [[Int]]) {
    let files = blocks.indices.filter { blocks[$0].hasFile }
    let heavy = files.flatMap { place in
      holdings[place].tops.filter { $0.loss.row.weight == .loses }.map { ($0.loss, place) }
    }
    guard !heavy.isEmpty else { return }
    var losses: [Loss: Int] = [:]
    for (loss, place) in heavy where losses[loss] == nil { losses[loss] = place }
    let mounted = blocks.indices.filter { !blocks[$0].hasFile && !holdings[$0].tops.isEmpty }
    let sorted = losses.sorted { $0.key.code < $1.key.code }
    spread(
      mounted.flatMap { place in sorted.map { (place, $0.key, $0.value) } }, over: lowers)
  }
}

extension Loss {
  fileprivate init(_ place: HostMount.Place) {
    self =
      switch place {
      case .root: .root
      case .usr: .usr
      case .variable: .variable
      case .boot: .boot
      case .firmware, .efi: .firmware
      case .other: .mounts
      }
  }
}
