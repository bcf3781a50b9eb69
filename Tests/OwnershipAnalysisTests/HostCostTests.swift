import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport
import Testing

/// What the host loses with devices, by what stands on what belongs to them.
@Suite struct HostCostTests {
  /// Two disks, two network ports, two graphics cards, a USB controller, a VMD with a disk in it.
  private static func host(
    processes: [HostProcess] = [], _ adjust: (inout UseSetup) -> Void
  ) -> ObservedHost {
    var host = HostTree(kernel: "6.12.0")
    host.add(
      PCIFunction("0000:00:01.0", class: 0x060400, id: "8086:1901", driver: "pcieport", group: 1),
      PCIFunction(
        "0000:01:00.0", class: 0x010802, id: "144d:a808", driver: "nvme", group: 2,
        parent: "0000:00:01.0"),
      PCIFunction("0000:00:17.0", class: 0x010601, id: "8086:a352", driver: "ahci", group: 3),
      PCIFunction(
        "0000:02:00.0", class: 0x020000, id: "8086:1533", driver: "igb", group: 4,
        sriov: .physical(total: 8)),
      PCIFunction(
        "0000:02:10.0", class: 0x020000, id: "8086:1520", driver: "igbvf", group: 5,
        sriov: .virtual(of: "0000:02:00.0")),
      PCIFunction("0000:03:00.0", class: 0x020000, id: "8086:1533", driver: "igb", group: 6),
      PCIFunction("0000:04:00.0", class: 0x030000, id: "1002:73df", driver: "amdgpu", group: 7),
      PCIFunction("0000:05:00.0", class: 0x030000, id: "10de:13c2", driver: "nvidia", group: 8),
      PCIFunction(
        "0000:06:00.0", class: 0x040300, id: "10de:0fbb", driver: "snd_hda_intel", group: 8))
    host.processes = processes
    var use = UseSetup()
    use.addDisk("nvme0n1", "259:0", on: "0000:01:00.0", in: "nvme/nvme0")
    use.addDisk("sda", "8:0", on: "0000:00:17.0", in: "ata1/host0/target0:0:0/0:0:0:0/block")
    adjust(&use)
    host.use = use
    return SnapshotStore(entries: host.entries, unlisted: .absent).host(needing: .cost)
  }

  private static func losses(_ names: DeviceName..., of host: ObservedHost) -> [Loss] {
    UseIndex(host).cost(of: names.flatMap { host.devices(named: $0) }).losses.map(\.loss)
  }

  @Test func aRootOnAnArrayOfTwoDisksIsLostWithEither() {
    let host = Self.host {
      $0.addVolume("md0", "9:0", of: ["nvme0n1", "sda"])
      $0.addVolume("dm-0", "253:0", of: ["md0"])
      $0.mount("253:0", at: "/")
    }
    #expect(Self.losses("0000:01:00.0", of: host) == [.root])
    #expect(Self.losses("0000:00:17.0", of: host) == [.root])
  }

  /// A volume that is not mounted can still be in use by whoever has its node open.
  @Test func aMemberOfAVolumeIsInUse() {
    let host = Self.host { $0.addVolume("dm-0", "253:0", of: ["sda"]) }
    #expect(Self.losses("0000:00:17.0", of: host) == [.member])
    #expect(Self.losses("0000:01:00.0", of: host) == [])
  }

  @Test func aDiskOfAHostWithPoolsThatAreNotSeenMayBeOne() {
    let host = Self.host {
      $0.mount("0:30", at: "/", as: "zfs", from: "rpool/root")
      $0.mount("8:0", at: "/boot/efi", as: "vfat")
    }
    #expect(Self.losses("0000:01:00.0", of: host) == [.pooled])
    // What is seen in use is not taken for another thing.
    #expect(Self.losses("0000:00:17.0", of: host) == [.firmware])
    let cost = UseIndex(host).cost(of: host.devices(named: "0000:01:00.0"))
    #expect(cost.conclusion() == .cannotTell)
    #expect(cost.conclusion(allowing: [.rootDisk]) == .fine)
  }

  @Test func aRootInAFileMayBeOnAnyFileSystem() {
    let host = Self.host {
      $0.addLoop("loop0", "7:0")
      $0.mount("7:0", at: "/")
      $0.mount("8:0", at: "/cow")
    }
    #expect(Self.losses("0000:00:17.0", of: host) == [.root, .mounts])
    #expect(Self.losses("0000:01:00.0", of: host) == [])
  }

  /// Volumes that stand on each other in a circle, as only a forged tree has them.
  @Test func aCircleOfVolumesEnds() {
    let host = Self.host {
      $0.addVolume("dm-0", "253:0", of: ["dm-1", "sda"])
      $0.addVolume("dm-1", "253:1", of: ["dm-0"])
      $0.mount("253:1", at: "/usr")
    }
    #expect(Self.losses("0000:00:17.0", of: host) == [.usr])
  }

  @Test func theLastOfSeveralDefaultRoutesLosesTheHost() {
    let host = Self.host {
      $0.addInterface("eth0", on: "0000:02:00.0", master: "bond0")
      $0.addInterface("eth1", on: "0000:03:00.0", master: "bond0")
      $0.addInterface("bond0")
      $0.addInterface("vlan1", over: "bond0")
      $0.addRoute("vlan1", isDefault: true)
    }
    #expect(Self.losses("0000:02:00.0", of: host) == [.oneDefaultRoute])
    #expect(
      Self.losses("0000:02:00.0", "0000:03:00.0", of: host)
        == [.onlyDefaultRoute, .onlyDefaultRoute])
  }

  /// An interface that is down keeps no host reachable.
  @Test func aDefaultRouteThatIsDownIsNoOther() {
    let host = Self.host {
      $0.addInterface("eth0", on: "0000:02:00.0")
      $0.addInterface("eth1", on: "0000:03:00.0", isUp: false)
      $0.addRoute("eth0", isDefault: true)
      $0.addDefaultRoute6("eth1")
    }
    #expect(Self.losses("0000:02:00.0", of: host) == [.onlyDefaultRoute])
  }

  @Test func aTunnelStandsOnWhateverHasAnAddress() {
    let host = Self.host {
      $0.addInterface("wg0")
      $0.addInterface("eth0", on: "0000:02:00.0")
      $0.addInterface("eth1", on: "0000:03:00.0")
      $0.addRoute("wg0", isDefault: true)
      $0.addRoute("eth0", isDefault: false)
    }
    #expect(Self.losses("0000:02:00.0", of: host) == [.onlyDefaultRoute])
    #expect(Self.losses("0000:03:00.0", of: host) == [])
  }

  /// With its physical function a virtual one goes.
  @Test func whatAVirtualFunctionHasBelongsToItsPhysicalFunction() {
    let host = Self.host {
      $0.addInterface("eth0", on: "0000:02:00.0", isUp: false)
      $0.addInterface("eth2", on: "0000:02:10.0")
      $0.addRoute("eth2", isDefault: true)
    }
    #expect(Self.losses("0000:02:10.0", of: host) == [.onlyDefaultRoute])
    #expect(Self.losses("0000:02:00.0", of: host) == [.onlyDefaultRoute])
  }

  @Test func aPortWithoutAnInterfaceInSightMayHaveOneElsewhere() {
    let host = Self.host { _ in }
    #expect(Self.losses("0000:03:00.0", of: host) == [.unseenInterface])
  }

  @Test func aSerialConsoleOrAnotherCardKeepsTheHostVisible() {
    func losses(_ names: DeviceName..., adjust: (inout UseSetup) -> Void) -> [Loss] {
      let host = Self.host {
        $0.setBootVGA("0000:04:00.0")
        $0.addCard(0, on: "0000:04:00.0", hasScreen: true)
        adjust(&$0)
      }
      return UseIndex(host).cost(of: names.flatMap { host.devices(named: $0) }).losses.map(\.loss)
    }
    #expect(losses("0000:04:00.0") { _ in } == [.onlyConsole])
    #expect(losses("0000:04:00.0") { $0.addConsole("ttyS0 -W- (EC a) 4:64") } == [.screen])
    #expect(losses("0000:04:00.0") { $0.addConsole("netcon0 -W- (E)") } == [.onlyConsole])
    let other: (inout UseSetup) -> Void = { $0.addCard(1, on: "0000:05:00.0", hasScreen: true) }
    #expect(losses("0000:04:00.0", adjust: other) == [.screen])
    #expect(
      losses("0000:04:00.0", "0000:05:00.0", adjust: other) == [.onlyConsole, .onlyConsole])
    #expect(losses("0000:05:00.0") { $0.addCard(1, on: "0000:05:00.0", hasScreen: false) } == [])
  }

  /// A bridge keeps what is behind it when its driver goes; only a VMD and the like do not.
  @Test func whatIsBelowABridgeIsNotItsOwn() {
    let host = Self.host { $0.mount("259:0", at: "/") }
    #expect(Self.losses("0000:00:01.0", of: host) == [])
    #expect(Self.losses("0000:01:00.0", of: host) == [.root])
  }

  @Test func theRemovalOfSomeDriversWaitsForTheirUsers() throws {
    func wait(_ name: DeviceName, _ host: ObservedHost) throws -> RemovalWait? {
      UseIndex(host).removalWait(of: try #require(host.devices(named: name).first))
    }
    let sound: (inout UseSetup) -> Void = { $0.addSound(0, on: "0000:06:00.0") }
    let open = HostProcess(7, "pipewire", files: [3: "/dev/snd/controlC0"])
    let node = OpenNode(process: 7, command: "pipewire", descriptor: 3, name: "snd/controlC0")
    #expect(try wait("0000:06:00.0", Self.host(processes: [open], sound)) == .forProcesses([node]))
    #expect(try wait("0000:06:00.0", Self.host(sound)) == nil)
    #expect(try wait("0000:06:00.0", Self.host { _ in }) == nil)
    #expect(
      try wait("0000:06:00.0", Self.host { $0.addSound(0, on: "0000:06:00.0", isPlaying: true) })
        == .forStream)
    // A disk's driver lets go of a disk that is open.
    let disk = HostProcess(8, "qemu", files: [3: "/dev/nvme0n1"])
    let host = Self.host(processes: [disk]) { _ in }
    #expect(try wait("0000:01:00.0", host) == nil)
    #expect(Self.losses("0000:01:00.0", of: host) == [.open])
  }

  /// NVIDIA's own driver names its nodes in procfs.
  @Test func aGraphicsCardOnItsMakersDriverIsWaitedFor() throws {
    var host = HostTree(kernel: "6.12.0")
    host.add(
      PCIFunction("0000:05:00.0", class: 0x030000, id: "10de:13c2", driver: "nvidia", group: 8))
    host.processes = [HostProcess(9, "Xorg", files: [12: "/dev/nvidia1", 13: "/dev/nvidiactl"])]
    host.use = UseSetup()
    var entries = host.entries
    entries["proc/driver/nvidia/gpus/0000:05:00.0/information"] = .attribute(
      Array("Model: \t x\nDevice Minor: \t 1\n".utf8))
    entries["proc/driver"] = .directory
    entries["proc/driver/nvidia"] = .directory
    entries["proc/driver/nvidia/gpus"] = .directory
    entries["proc/driver/nvidia/gpus/0000:05:00.0"] = .directory
    let observed = SnapshotStore(entries: entries, unlisted: .absent).host(needing: .cost)
    let device = try #require(observed.devices(named: "0000:05:00.0").first)
    guard case .forProcesses(let nodes) = UseIndex(observed).removalWait(of: device) else {
      Issue.record("the removal does not wait")
      return
    }
    #expect(nodes.map(\.name) == ["nvidia1"])
  }

  /// What was not read is not nothing.
  @Test func anUnreadFactIsNoHostWithoutLosses() throws {
    let host = SnapshotStore(entries: HostTree(kernel: "6.12.0").entries, unlisted: .absent)
      .host(needing: .cost)
    #expect(host.use == .unread(.notCaptured))
    let device = Device(name: "0000:01:00.0", bus: .pci, path: "sys/devices/x")
    let cost = UseIndex(host).cost(of: [device])
    #expect(cost.unseen == [.everything(.notCaptured)])
    #expect(cost.conclusion(allowing: Set(LossKind.allCases)) == .cannotTell)
    #expect(UseIndex(host).cost(of: []) == .nothing)
  }

  @Test func mountsOfAContainerAreNotThoseOfTheHost() {
    let host = Self.host { $0.namespaces["pid"] = (4_026_532_000, 4_026_532_000) }
    let index = UseIndex(host)
    #expect(index.cost(of: host.devices(named: "0000:01:00.0")).unseen == [.outsideOfContainer])
    #expect(index.cost(of: host.devices(named: "0000:04:00.0")).unseen == [])
  }

  /// Ten thousand disks on one controller, and as many volumes on one disk, take no time that grows
  /// with the square.
  @Test(.timeLimit(.minutes(1))) func manyDisksAreOnePass() {
    let host = Self.host { use in
      for number in 0..<10_000 {
        use.addDisk(
          "sd\(number)", "8:\(number + 100)", on: "0000:00:17.0", in: "host\(number)/block")
        use.addVolume(
          "dm-\(number)", "253:\(number)", of: number == 0 ? ["sda"] : ["dm-\(number - 1)"])
      }
      use.mount("253:9999", at: "/")
    }
    #expect(Self.losses("0000:00:17.0", of: host) == [.root])
  }
}
