import HostModel

extension Inquiry {
  /// - Parameter numbers: the names in `/sys/dev/block`.
  mutating func blocks(_ numbers: [String]) -> [BlockDevice] {
    let directory: HostPath = "sys/dev/block"
    let found = each(of: numbers) { inquiry, name -> BlockDevice? in
      guard let number = DeviceNumber(name),
        let path = inquiry.target(of: name, in: directory).value, inquiry.isDevice(path)
      else { return nil }
      return BlockDevice(number: number, path: path)
    }
    var controllers: [HostPath: [HostPath]] = [:]
    return found.map { block in
      let parts = block.path.relative.utf8
      if parts.starts(with: "sys/devices/virtual/nvme-subsystem/".utf8) {
        let subsystem = Inquiry.start(of: block.path, components: 5)
        let lowers = controllers[subsystem] ?? self.controllers(of: subsystem)
        controllers[subsystem] = lowers
        return BlockDevice(number: block.number, path: block.path, lowers: lowers)
      }
      guard parts.starts(with: "sys/devices/virtual/".utf8) else { return block }
      let slaves = block.path / "slaves"
      let lowers = (names(in: slaves).value ?? []).compactMap { target(of: $0, in: slaves).value }
      return BlockDevice(
        number: block.number, path: block.path, lowers: lowers,
        hasFile: block.path.name.hasPrefix("loop")
          && contains("loop", in: block.path).value == true)
    }.sorted { $0.path < $1.path }
  }

  /// The controllers of an NVMe subsystem, by which a disk with several paths is reached.
  private mutating func controllers(of subsystem: HostPath) -> [HostPath] {
    let names = names(in: subsystem).value ?? []
    return names.filter { name in
      let digits = name.utf8.dropFirst(4)
      return name.hasPrefix("nvme") && !digits.isEmpty
        && digits.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }.compactMap { target(of: $0, in: subsystem).value }
  }

  private static func start(of path: HostPath, components count: Int) -> HostPath {
    var start = HostPath.root
    for component in path.components.prefix(count) { start = start / String(component) }
    return start
  }

  mutating func mounts() -> Reading<[HostMount]> {
    Inquiry.required(
      excerpt(.mounts, of: "mountinfo", in: "proc/self").map { lines in
        lines.compactMap { MountLine($0[...])?.mount }
      })
  }

  /// Absent where the kernel has no swap at all.
  mutating func swaps() -> Reading<[EntryName]> {
    excerpt(.swaps, of: "swaps", in: "proc").map { lines in
      lines.compactMap { $0.split(separator: " ").first.map { EntryName(String($0)) } }
    }
  }
}

extension Excerpt {
  /// Mounts of block devices, of file systems that have several, and of whatever is where a host
  /// cannot do without it. Private are the other mount points, labels, pools and servers.
  fileprivate static let mounts = Excerpt(limit: 16 << 20) { line, ask in
    guard var mount = MountLine(line), mount.isOfInterest else { return nil }
    mount.resolve(asking: ask)
    return mount.reduced
  }

  /// `NAME partition`. A swap file lies in a file system that is mounted, and has no line.
  fileprivate static let swaps = Excerpt(limit: 1 << 20) { line, ask in
    let words = line.split { $0 == " " || $0 == "\t" }
    guard words.count > 1, words[1] == "partition",
      let name = BlockSource(words[0]).name(asking: ask)
    else { return nil }
    return name + " partition"
  }
}

/// A line of mountinfo: `36 35 98:0 /root /point options [fields] - type source options`.
private struct MountLine {
  private let number: DeviceNumber
  private let place: HostMount.Place
  private let fileSystem: Substring
  private let source: Substring
  private var names: [String]

  init?(_ line: Substring) {
    let words = line.split(separator: " ")
    guard words.count >= 9, let number = DeviceNumber(words[2]),
      let dash = words[6...].firstIndex(of: "-"), words.count > dash + 2
    else { return nil }
    self.number = number
    place = HostMount.Place(words[4])
    fileSystem = words[dash + 1]
    source = words[dash + 2]
    names =
      source.utf8.first == UInt8(ascii: "/") || source == "-" || number.major != 0
      ? [] : source.split(separator: ",").map(String.init)
  }

  /// What is mounted from no device and where only its owner looks says nothing of devices.
  var isOfInterest: Bool {
    fileSystem != "rootfs" && (number.major != 0 || place != .other || isPooled)
  }

  /// A file system with several devices, whose number is that of none.
  private var isPooled: Bool { isMany || fileSystem == "zfs" }

  private var isMany: Bool { fileSystem == "btrfs" || fileSystem == "bcachefs" }

  mutating func resolve(asking ask: PrivateQuestions) {
    guard number.major == 0, isMany, names.isEmpty || source.utf8.contains(UInt8(ascii: "/")) else {
      if !isMany { names = [] }
      return
    }
    names = source.split(separator: ":").compactMap { BlockSource($0).name(asking: ask) }
    if fileSystem == "btrfs", let name = names.first { names = ask.btrfsMembers(with: name) }
  }

  var reduced: String {
    let source = names.isEmpty ? "-" : names.joined(separator: ",")
    return "0 0 \(number.major):\(number.minor) / \(place.rawValue) - - \(fileSystem) \(source)"
  }

  var mount: HostMount {
    HostMount(
      number: number, place: place, fileSystem: String(fileSystem),
      sources: names.map { EntryName($0) })
  }
}

/// What names a block device in a file of the kernel: `/dev/sda2`, `/dev/mapper/NAME`, or in an
/// excerpt the kernel's own name.
private struct BlockSource {
  private let text: Substring

  init(_ text: Substring) {
    self.text = text
  }

  func name(asking ask: PrivateQuestions) -> String? {
    let device = "/dev/"
    let mapper = "/dev/mapper/"
    guard text.utf8.first == UInt8(ascii: "/") else { return text == "-" ? nil : String(text) }
    if text.hasPrefix(mapper) { return ask.mapping(named: text.dropFirst(mapper.count)) }
    guard text.hasPrefix(device) else { return nil }
    let name = String(text.dropFirst(device.count))
    return name.contains("/") ? nil : name
  }
}
