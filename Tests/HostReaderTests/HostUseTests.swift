import HostModel
import HostReader
import TestSupport
import Testing

/// What a host uses its devices for, as its tree, its snapshot and the tree of that show it.
@Suite struct HostUseTests {
  private static let disk = "sys/devices/pci0000:00/0000:00:17.0/nvme/nvme0/nvme0n1"

  private static func tree(_ adjust: (inout UseSetup) -> Void) -> HostTree {
    var host = HostTree(kernel: "6.12.0")
    host.add(
      PCIFunction("0000:00:02.0", class: 0x030000, id: "8086:3e98", driver: "i915", group: 1),
      PCIFunction("0000:00:14.0", class: 0x0c0330, id: "8086:a36d", driver: "xhci_hcd", group: 2),
      PCIFunction("0000:00:17.0", class: 0x010802, id: "144d:a808", driver: "nvme", group: 3),
      PCIFunction("0000:00:1f.6", class: 0x020000, id: "8086:15bc", driver: "e1000e", group: 4))
    var use = UseSetup()
    use.addDisk("nvme0n1", "259:0", on: "0000:00:17.0", in: "nvme/nvme0")
    use.addPartition("nvme0n1p1", "259:1", of: "nvme0n1")
    use.addPartition("nvme0n1p2", "259:2", of: "nvme0n1")
    adjust(&use)
    host.use = use
    return host
  }

  private static func host(_ entries: SnapshotEntries) -> ObservedHost {
    SnapshotStore(entries: entries, unlisted: .absent).host(needing: .all)
  }

  private static func use(_ adjust: (inout UseSetup) -> Void) throws -> HostUse {
    try #require(host(tree(adjust).entries).use.value)
  }

  @Test func disksArePartitionsAndWhatIsMadeOfThem() throws {
    let use = try Self.use {
      $0.addVolume("dm-0", "253:0", of: ["nvme0n1p2"], mapping: "luks")
      $0.addLoop("loop0", "7:0")
    }
    let byName = Dictionary(uniqueKeysWithValues: use.blocks.map { ($0.name.text, $0) })
    #expect(byName.keys.sorted() == ["dm-0", "loop0", "nvme0n1", "nvme0n1p1", "nvme0n1p2"])
    #expect(byName["nvme0n1p2"]?.path.description == "/\(Self.disk)/nvme0n1p2")
    #expect(byName["nvme0n1p2"]?.number == DeviceNumber(major: 259, minor: 2))
    #expect(byName["dm-0"]?.lowers.map(\.description) == ["/\(Self.disk)/nvme0n1p2"])
    #expect(byName["loop0"]?.hasFile == true)
  }

  /// A disk with several paths stands beside its controllers, and below none of them.
  @Test func aDiskOfAnNVMeSubsystemHasItsControllers() throws {
    var entries = Self.tree { _ in }.entries
    let subsystem: HostPath = "sys/devices/virtual/nvme-subsystem/nvme-subsys0"
    entries["sys/dev/block/259:9"] = .link(
      "../../devices/virtual/nvme-subsystem/nvme-subsys0/nvme1n1")
    entries[subsystem / "nvme1n1/dev"] = .attribute(Array("259:9\n".utf8))
    entries[subsystem / "nvme1"] = .link("../../../pci0000:00/0000:00:17.0/nvme/nvme1")
    let use = try #require(Self.host(entries).use.value)
    let disk = try #require(use.blocks.first { $0.name == "nvme1n1" })
    #expect(
      disk.lowers.map(\.description) == ["/sys/devices/pci0000:00/0000:00:17.0/nvme/nvme1"])
  }

  @Test func mountsAreKnownByNumberAndThoseWithoutByTheirDevices() throws {
    let use = try Self.use {
      $0.addVolume("dm-0", "253:0", of: ["nvme0n1p2"], mapping: "vg-root")
      $0.mount("259:1", at: "/boot/efi", as: "vfat")
      $0.mount("0:40", at: "/", as: "btrfs", from: "/dev/mapper/vg-root")
      $0.mount("0:40", at: "/home/user", as: "btrfs", from: "/dev/mapper/vg-root")
      $0.mount("0:41", at: "/srv", as: "zfs", from: "tank/private")
      $0.mount("0:5", at: "/proc", as: "proc", from: "proc")
      $0.addSwap("/dev/nvme0n1p1")
      $0.addSwap("/swapfile", isFile: true)
    }
    #expect(use.mounts.value?.map(\.place) == [.firmware, .root, .other, .other])
    #expect(use.mounts.value?.map(\.fileSystem) == ["vfat", "btrfs", "btrfs", "zfs"])
    #expect(use.swaps == .value(["nvme0n1p1"]))
  }

  /// A running kernel resolves names that a snapshot must not hold.
  @Test func aMappingIsKnownByTheKernelsNameOfIt() throws {
    let tree = try TemporaryDirectory()
    try Self.tree {
      $0.addVolume("dm-0", "253:0", of: ["nvme0n1p2"], mapping: "vg-secret")
      $0.mount("0:40", at: "/", as: "btrfs", from: "/dev/mapper/vg-secret")
      $0.addSwap("/dev/mapper/vg-secret")
    }.write(to: tree.path)
    let record = try HostSource.sysroot(tree.path).record()
    let use = try #require(record.host.use.value)
    #expect(use.mounts.value?.map(\.sources) == [["dm-0"]])
    #expect(use.swaps == .value(["dm-0"]))
    #expect(!String(decoding: record.file, as: UTF8.self).contains("secret"))
  }

  @Test func aBtrfsOfSeveralDevicesHasThemAll() throws {
    let tree = try TemporaryDirectory()
    var entries = Self.tree {
      $0.mount("0:40", at: "/", as: "btrfs", from: "/dev/nvme0n1p1")
    }.entries
    for member in ["nvme0n1p1", "nvme0n1p2"] {
      entries["sys/fs/btrfs/UUID/devices" / member] = .link("../../../../block/\(member)")
    }
    for directory in ["sys/fs", "sys/fs/btrfs", "sys/fs/btrfs/UUID", "sys/fs/btrfs/UUID/devices"] {
      entries[.root / directory] = .directory
    }
    try TreeFiles.write(entries, to: tree.path)
    let record = try HostSource.sysroot(tree.path).record()
    let use = try #require(record.host.use.value)
    #expect(use.mounts.value?.map(\.sources) == [["nvme0n1p1", "nvme0n1p2"]])
    #expect(!String(decoding: record.file, as: UTF8.self).contains("UUID"))
  }

  @Test func interfacesAreStackedAndHaveTheirRoutes() throws {
    let use = try Self.use {
      $0.addInterface("eth0", on: "0000:00:1f.6", master: "bond0")
      $0.addInterface("bond0", master: "br0")
      $0.addInterface("br0")
      $0.addInterface("vlan7", over: "br0", isUp: false)
      $0.addInterface("wg0")
      $0.addRoute("br0", isDefault: true)
      $0.addRoute("vlan7", isDefault: false)
      $0.addAddress6("wg0")
    }
    let interfaces = try #require(use.interfaces.value)
    let byName = Dictionary(uniqueKeysWithValues: interfaces.map { ($0.name.text, $0) })
    #expect(byName["bond0"]?.lowers == ["eth0"])
    #expect(byName["br0"]?.lowers == ["bond0"])
    #expect(byName["vlan7"]?.lowers == ["br0"])
    #expect(byName["br0"]?.hasDefaultRoute == true)
    #expect(byName["vlan7"]?.hasDefaultRoute == false)
    #expect(byName["vlan7"]?.hasAddress == true)
    #expect(byName["vlan7"]?.isUp == false)
    #expect(byName["wg0"]?.hasAddress == true)
    #expect(byName["eth0"]?.hasAddress == false)
  }

  /// A port of Open vSwitch reaches the others by way of the data path.
  @Test func aPortOfADataPathReachesTheOthers() throws {
    let use = try Self.use {
      $0.addInterface("eth0", on: "0000:00:1f.6", master: "ovs-system")
      $0.addInterface("br-int", master: "ovs-system")
      $0.addInterface("ovs-system")
      $0.addDefaultRoute6("br-int")
    }
    let interfaces = try #require(use.interfaces.value)
    #expect(interfaces.first { $0.name == "br-int" }?.lowers == ["ovs-system"])
    #expect(interfaces.first { $0.name == "br-int" }?.hasDefaultRoute == true)
    #expect(interfaces.first { $0.name == "ovs-system" }?.lowers == ["br-int", "eth0"])
  }

  @Test func consolesScreensAndKeyboardsAreThere() throws {
    let use = try Self.use {
      $0.setBootVGA("0000:00:02.0")
      $0.addCard(0, on: "0000:00:02.0", hasScreen: true)
      $0.addConsole("tty0                 -WU (EC p  )    4:1")
      $0.addConsole("netcon0              -W- (E     )")
      $0.addKeyboard("input3", on: "0000:00:14.0")
      $0.addSound(0, on: "0000:00:02.0", isPlaying: true)
    }
    #expect(use.display.bootVGA == ["sys/devices/pci0000:00/0000:00:02.0"])
    #expect(use.display.screens.map { String($0.name) } == ["card0-HDMI-A-1"])
    #expect(
      use.display.consoles
        == .value([
          HostConsole(name: "tty0", number: DeviceNumber(major: 4, minor: 1)),
          HostConsole(name: "netcon0", number: nil),
        ]))
    #expect(use.display.consoles.value?.first?.isVirtualTerminal == true)
    #expect(use.inputs.value?.map(\.isKeyboard) == [true])
    #expect(use.playingCards == [0])
    #expect(use.nodes.map(\.name) == ["dri/card0", "snd/controlC0"])
  }

  @Test func openNodesAreFoundAndComeBack() throws {
    var host = Self.tree {
      $0.addCard(0, on: "0000:00:02.0", hasScreen: false)
    }
    host.processes = [
      HostProcess(
        812, "Xorg", files: [3: "/dev/dri/card0", 4: "/dev/null", 5: "/dev/dri/card7"]),
      HostProcess(900, "qemu", files: [9: "/dev/nvme0n1"]),
    ]
    let record = SnapshotStore(entries: host.entries, unlisted: .absent).recordedHost()
    let scan = try #require(record.host.use.value?.openNodes)
    #expect(scan.nodes.map(\.name) == ["dri/card0", "nvme0n1"])
    #expect(scan.nodes.map(\.command) == ["Xorg", "qemu"])
    #expect(scan.coverage == .complete)
    let again = SnapshotStore(
      entries: try SnapshotFile.parse(record.file), unlisted: .notCaptured)
    #expect(again.host(needing: .all) == record.host)
    let directory = try TemporaryDirectory()
    try TreeFiles.write(SnapshotTree.plain(record.entries), to: directory.path)
    #expect(try HostSource.sysroot(directory.path).read(needing: .all) == record.host)
  }

  /// Names by which the kernel's own nodes go.
  @Test(arguments: [
    ("226:128", "drm/renderD128", "dri/renderD128"),
    ("13:64", "input/input3/event0", "input/event0"),
    ("116:2", "sound/card0/pcmC0D0p", "snd/pcmC0D0p"), ("189:130", "usb2/2-1", "bus/usb/002/003"),
    ("241:0", "infiniband_verbs/uverbs0", "infiniband/uverbs0"), ("245:0", "nvme/nvme0", "nvme0"),
  ])
  func nodesHaveTheKernelsNames(number: String, path: String, name: String) throws {
    let number = try #require(DeviceNumber(number))
    let path = "sys/devices/pci0000:00/0000:00:02.0" as HostPath / path
    #expect(DeviceNode(number: number, isBlock: false, path: path).name == name)
  }

  @Test func aCaptureThatWasNeverAskedSaysSo() throws {
    let host = Self.tree { _ in }
    var entries = SnapshotStore(entries: host.entries, unlisted: .absent).recordedHost().entries
    entries = entries.filter { !$0.key.relative.hasPrefix("sys/dev/block") }
    let older = SnapshotStore(entries: entries, unlisted: .notCaptured).host(needing: .all)
    #expect(older.use == .unread(.notAsked))
    #expect(older.notAsked == ["sys/dev/block"])
    #expect(older.problems.isEmpty)
    // A copied tree that lacks them is no host without disks.
    #expect(Self.host(HostTree.small.entries).use == .unread(.notCaptured))
  }

  @Test func aMissingFileIsNoHostWithoutMounts() throws {
    for (path, isUnread) in [
      ("proc/self/mountinfo", { (use: HostUse) in use.mounts.failure == .notCaptured }),
      ("proc/consoles", { $0.display.consoles.failure == .notCaptured }),
    ] as [(HostPath, (HostUse) -> Bool)] {
      var entries = Self.tree { _ in }.entries
      entries[path] = nil
      #expect(isUnread(try #require(Self.host(entries).use.value)))
    }
  }

  @Test(
    arguments: [
      (["pid": (4_026_532_001, 4_026_532_001)], HostUse.Viewpoint.container),
      (
        ["pid": (4_026_531_836, 4_026_531_836), "mnt": (5, 6), "net": (7, 7)],
        .separate(mounts: true, network: false)
      ),
      (["pid": (4_026_531_836, 4_026_531_836), "mnt": (5, 5)], .host), ([:], .host),
    ] as [([String: (Int, Int)], HostUse.Viewpoint)])
  func whoseMountsTheyAreIsKnown(
    namespaces: [String: (Int, Int)], viewpoint: HostUse.Viewpoint
  ) throws {
    let use = try Self.use { use in
      for (kind, numbers) in namespaces { use.namespaces[kind] = numbers }
    }
    #expect(use.viewpoint == viewpoint)
  }

  /// Nothing of it is asked for what does not show it.
  @Test(arguments: [NeededFacts.judgement, .prediction, .comparison])
  func itIsAskedOnlyWhereItIsNeeded(facts: NeededFacts) {
    let recorder = RecordingStore(
      SnapshotStore(entries: Self.tree { _ in }.entries, unlisted: .absent))
    #expect(recorder.host(needing: facts).use == .unread(.notNeeded))
    #expect(!recorder.entries.keys.contains { $0.relative.hasPrefix("sys/dev/") })
  }

  @Test func anAuditInWordsAsksWhereItShowsIt() {
    let facts = NeededFacts(shownHostUse: true)
    func isAsked(_ host: HostTree) -> Bool {
      SnapshotStore(entries: host.entries, unlisted: .absent).host(needing: facts).use
        != .unread(.notNeeded)
    }
    var host = Self.tree { _ in }
    #expect(isAsked(host))
    host["0000:00:02.0"].driver = "vfio-pci"
    #expect(!isAsked(host))
    host["0000:00:17.0"].group = 1
    #expect(isAsked(host))
  }
}
