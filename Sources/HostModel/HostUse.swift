/// What a host uses its devices for: disks and mounts, interfaces and routes, screens, consoles,
/// input, and processes that have nodes of devices open.
///
/// Things of the kernel are named by their directory below `/sys/devices`, which starts with that of
/// the device they belong to. Nothing here is judged.
package struct HostUse: Sendable, Equatable {
  /// Block devices and partitions, by directory.
  package var blocks: [BlockDevice]
  /// What is mounted from a block device or where a host cannot do without it.
  package var mounts: Reading<[HostMount]>
  /// Kernel names of block devices that are swap.
  package var swaps: Reading<[EntryName]>
  package var interfaces: Reading<[NetworkInterface]>
  package var display: HostDisplay
  /// Keyboards and pointing devices.
  package var inputs: Reading<[InputDevice]>
  /// Character devices of hardware, by directory.
  package var nodes: [DeviceNode]
  /// Numbers of the sound cards that have a stream open.
  package var playingCards: [Int]
  /// Directories of InfiniBand and RDMA devices.
  package var rdma: [HostPath]
  package var openNodes: OpenNodeScan
  /// Whose mounts and interfaces these are.
  package var viewpoint: Viewpoint

  package enum Viewpoint: Sendable, Hashable {
    /// Those of the first process of the host, or not seen to be others.
    case host
    /// The reader was in a container: pid 1 there is not that of the host.
    case container
    /// The reader was in a separate namespace.
    case separate(mounts: Bool, network: Bool)
  }

  /// The nodes of block devices and of character devices.
  package var allNodes: [DeviceNode] { blocks.map(\.node) + nodes }

  package init(
    blocks: [BlockDevice] = [], mounts: Reading<[HostMount]> = .absent,
    swaps: Reading<[EntryName]> = .absent, interfaces: Reading<[NetworkInterface]> = .absent,
    display: HostDisplay = HostDisplay(), inputs: Reading<[InputDevice]> = .absent,
    nodes: [DeviceNode] = [], playingCards: [Int] = [], rdma: [HostPath] = [],
    openNodes: OpenNodeScan = OpenNodeScan(nodes: [], coverage: .notNeeded),
    viewpoint: Viewpoint = .host
  ) {
    self.blocks = blocks
    self.mounts = mounts
    self.swaps = swaps
    self.interfaces = interfaces
    self.display = display
    self.inputs = inputs
    self.nodes = nodes
    self.playingCards = playingCards
    self.rdma = rdma
    self.openNodes = openNodes
    self.viewpoint = viewpoint
  }
}

/// The number of a device node: `8:1`.
package struct DeviceNumber: Sendable, Hashable {
  package let major: UInt32
  package let minor: UInt32

  package init(major: UInt32, minor: UInt32) {
    self.major = major
    self.minor = minor
  }

  /// Parses `8:1`, the name of an entry of `/sys/dev/block` and `/sys/dev/char`.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let major = GroupNumber(parts[0]), let minor = GroupNumber(parts[1])
    else { return nil }
    self.init(major: major.value, minor: minor.value)
  }
}

/// A disk, a partition, or what is made of others: a logical volume, an array.
package struct BlockDevice: Sendable, Hashable {
  package let number: DeviceNumber
  package let path: HostPath
  /// What it is made of: entries of `slaves`, and of a disk with several paths its controllers.
  package let lowers: [HostPath]
  /// Whether it is a loop device that has a file.
  package let hasFile: Bool

  package init(
    number: DeviceNumber, path: HostPath, lowers: [HostPath] = [], hasFile: Bool = false
  ) {
    self.number = number
    self.path = path
    self.lowers = lowers
    self.hasFile = hasFile
  }

  /// The kernel's name, `nvme0n1p2`.
  package var name: EntryName { EntryName(String(path.name)) }

  package var node: DeviceNode { DeviceNode(number: number, isBlock: true, path: path) }
}

/// A line of `/proc/self/mountinfo`, as far as a snapshot may hold it.
package struct HostMount: Sendable, Hashable {
  package let number: DeviceNumber
  package let place: Place
  package let fileSystem: String
  /// Kernel names of its block devices, where the number is not that of one.
  package let sources: [EntryName]

  /// Where it is mounted: private, but for what every host has.
  package enum Place: String, Sendable, Hashable, CaseIterable {
    case root = "/"
    case usr = "/usr"
    case variable = "/var"
    case boot = "/boot"
    case firmware = "/boot/efi"
    case efi = "/efi"
    case other

    package init(_ path: some StringProtocol) {
      self = Place(rawValue: String(path)) ?? .other
    }
  }

  package init(
    number: DeviceNumber, place: Place, fileSystem: String, sources: [EntryName] = []
  ) {
    self.number = number
    self.place = place
    self.fileSystem = fileSystem
    self.sources = sources
  }

  /// Whether the number is that of a file system and of no device, as btrfs and ZFS have it.
  package var isAnonymous: Bool { number.major == 0 }
}

/// An entry of `/sys/class/net`.
package struct NetworkInterface: Sendable, Hashable {
  package let name: EntryName
  package let path: HostPath
  /// Names of the interfaces that it is made of.
  package var lowers: [EntryName]
  /// `operstate` is `up`.
  package let isUp: Bool
  /// It has a route or an address.
  package var hasAddress: Bool
  /// It has a default route, of IPv4 or IPv6.
  package var hasDefaultRoute: Bool

  package init(
    name: EntryName, path: HostPath, lowers: [EntryName] = [], isUp: Bool = false,
    hasAddress: Bool = false, hasDefaultRoute: Bool = false
  ) {
    self.name = name
    self.path = path
    self.lowers = lowers
    self.isUp = isUp
    self.hasAddress = hasAddress
    self.hasDefaultRoute = hasDefaultRoute
  }
}

/// Where a host shows its console and pictures.
package struct HostDisplay: Sendable, Equatable {
  /// Directories of devices whose `boot_vga` is 1.
  package var bootVGA: [HostPath]
  /// Connectors that have a screen.
  package var screens: [HostPath]
  /// `/proc/consoles`.
  package var consoles: Reading<[HostConsole]>

  package init(
    bootVGA: [HostPath] = [], screens: [HostPath] = [], consoles: Reading<[HostConsole]> = .absent
  ) {
    self.bootVGA = bootVGA
    self.screens = screens
    self.consoles = consoles
  }
}

/// A line of `/proc/consoles`: `ttyS0 -W- (EC p a) 4:64`.
package struct HostConsole: Sendable, Hashable {
  package let name: EntryName
  package let number: DeviceNumber?

  package init(name: EntryName, number: DeviceNumber?) {
    self.name = name
    self.number = number
  }

  /// Whether it is a virtual terminal, which is shown on a screen: major 4, up to 63.
  package var isVirtualTerminal: Bool {
    number.map { $0.major == 4 && $0.minor < 64 } ?? (name == "tty0")
  }
}

/// An entry of `/sys/class/input` that is a keyboard or a pointing device.
package struct InputDevice: Sendable, Hashable {
  package let path: HostPath
  package let isKeyboard: Bool

  package init(path: HostPath, isKeyboard: Bool) {
    self.path = path
    self.isKeyboard = isKeyboard
  }
}
