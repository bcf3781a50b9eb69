import HostModel

extension Inquiry {
  /// What the host uses its devices for; unread where its block devices are not listed, which every
  /// kernel does.
  mutating func hostUse(of devices: [Device]) -> Reading<HostUse> {
    // An audit says what it does not know of this where it shows it, and no verdict rests on it.
    if !facts.hostUse, !store.mayList("sys/dev/block") { return .unread(.notAsked) }
    let numbers = names(in: "sys/dev/block")
    guard let numbers = numbers.value else { return .unread(numbers.failure ?? .notCaptured) }
    var use = HostUse()
    use.blocks = blocks(numbers)
    use.mounts = mounts()
    use.swaps = swaps()
    use.interfaces = interfaces()
    use.display = display(of: devices)
    use.inputs = inputs()
    use.nodes = characterNodes() + graphicsNodes(of: devices)
    use.playingCards = playingCards()
    use.rdma = entries(of: "sys/class/infiniband") { _ in true }
    use.viewpoint = viewpoint
    use.openNodes = store.openNodes(among: NodeIndex(use.allNodes))
    return .value(use)
  }

  /// Whether an audit in words shows what the host uses its devices for: an economy, no judgement.
  static func showsUse(of devices: [Device]) -> Bool {
    var given: Set<GroupNumber> = []
    var isAnyGiven = false
    for device in devices where mayBeInUse(device.driver, device.vfioDevices) {
      isAnyGiven = true
      if let group = device.group.value { given.insert(group) }
    }
    guard isAnyGiven else { return true }
    return devices.contains { device in
      guard let group = device.group.value, given.contains(group), let driver = device.driver.value
      else { return false }
      return driver != "pcieport" && driver != "pci-stub"
        && !mayBeInUse(device.driver, device.vfioDevices)
    }
  }

  /// Where the entries of a class lead, of those whose names are wanted.
  mutating func entries(
    of directory: HostPath, where isWanted: (String) -> Bool
  ) -> [HostPath] {
    (names(in: directory).value ?? []).filter(isWanted).compactMap { name in
      target(of: name, in: directory).value.flatMap { isDevice($0) ? $0 : nil }
    }
  }

  /// An answer that every running kernel has: where it is missing, the capture lacks it.
  static func required<Value>(_ reading: Reading<Value>) -> Reading<Value> {
    reading.isAbsent ? .unread(.notCaptured) : reading
  }

  /// Character devices of hardware: what is below `devices/virtual` belongs to no device.
  private mutating func characterNodes() -> [DeviceNode] {
    let directory: HostPath = "sys/dev/char"
    return each(of: names(in: directory).value ?? []) { inquiry, name in
      guard let number = DeviceNumber(name), !number.isOfNoHardware,
        let path = inquiry.target(of: name, in: directory).value, inquiry.isDevice(path),
        !path.relative.utf8.starts(with: "sys/devices/virtual/".utf8)
      else { return nil }
      return DeviceNode(number: number, isBlock: false, path: path)
    }.sorted { $0.path < $1.path }
  }

  /// NVIDIA's own driver registers its nodes nowhere in sysfs: major 195, minor by its file.
  private mutating func graphicsNodes(of devices: [Device]) -> [DeviceNode] {
    let directory: HostPath = "proc/driver/nvidia/gpus"
    let names = names(in: directory).value ?? []
    guard !names.isEmpty else { return [] }
    let paths = Dictionary(
      devices.lazy.filter { $0.bus == .pci }.map { ($0.name, $0.path) },
      uniquingKeysWith: { first, _ in first })
    return names.compactMap { name in
      let lines = excerpt(.graphicsMinor, of: "information", in: directory / name).value
      guard let path = paths[DeviceName(name)], let word = lines?.first?.split(separator: " ").last,
        let minor = GroupNumber(word)
      else { return nil }
      return DeviceNode(
        number: DeviceNumber(major: 195, minor: minor.value), isBlock: false,
        path: path / "nvidia\(minor)")
    }
  }

  /// Whether the reader sees the mounts and interfaces of the host's first process, as far as an
  /// ordinary user may know.
  private var viewpoint: HostUse.Viewpoint {
    let first = "pid:[4026531836]"
    if let own = namespace("pid", of: "self"), own != first { return .container }
    let mounts = isSeparate("mnt")
    let network = isSeparate("net")
    return mounts || network ? .separate(mounts: mounts, network: network) : .host
  }

  private func isSeparate(_ kind: String) -> Bool {
    guard let own = namespace(kind, of: "self"), let first = namespace(kind, of: "1") else {
      return false
    }
    return own != first
  }

  /// That it is not to be seen is no problem of the host: only root may look at process 1.
  private func namespace(_ kind: String, of process: String) -> String? {
    (try? store.link(kind, in: "proc" / process / "ns")).flatMap { $0 }
  }
}

extension DeviceNumber {
  /// Memory, terminals and their contents (Documentation/admin-guide/devices.txt): most of the
  /// entries of `/sys/dev/char`.
  fileprivate var isOfNoHardware: Bool {
    switch major {
    case 1, 5, 7: true
    case 4: minor < 64
    default: false
    }
  }
}

extension Excerpt {
  /// `Device Minor: 0`; other lines have the serial number of the card.
  fileprivate static let graphicsMinor = Excerpt(limit: 16 << 10) { line in
    guard line.hasPrefix("Device Minor:"),
      let minor = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).last
    else { return nil }
    return "Device Minor: " + minor
  }
}
