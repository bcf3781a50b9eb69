import HostModel

/// The file of a host that a path names.
struct SysfsPath {
  let host: ObservedHost

  /// Files of a device or driver that are there and cannot be written.
  private static let readOnly: Set<Substring> = [
    "vendor", "device", "class", "revision", "subsystem_vendor", "subsystem_device", "modalias",
    "sriov_totalvfs", "sriov_offset", "sriov_stride", "sriov_vf_device", "resource", "irq",
    "local_cpus", "enable_count", "reserved_regions", "name", "refcnt", "initstate",
  ]

  /// - Returns: the file; `nil` for one that the model knows nothing about.
  func file(_ text: String) -> SysfsFile? {
    guard text.hasPrefix("/sys/") else { return nil }
    let words = text.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
    guard !words.contains("."), !words.contains("..") else { return nil }
    switch (words.count, words.dropFirst().first) {
    case (4..., "bus"): return file(onBus: BusName(String(words[2])), words.dropFirst(3))
    case (5..., "kernel") where words[2] == "iommu_groups":
      return file(ofGroup: words[3], words.dropFirst(4))
    case (5, "module") where words[3] == "parameters":
      return parameter(module: words[2], words[4])
    case (4..., "devices"): return file(inDevices: words.dropFirst())
    default: return nil
    }
  }

  private func file(onBus bus: BusName, _ words: ArraySlice<Substring>) -> SysfsFile? {
    let words = Array(words)
    switch words.first {
    case "drivers" where words.count >= 3: return file(ofDriver: words, on: bus)
    case "devices" where words.count >= 3:
      let device = host.devices(named: DeviceName(String(words[1]))).first { $0.bus == bus }
      guard let device else { return .missing }
      return file(of: device.path, words.dropFirst(2))
    case let word? where words.count == 1:
      return SysfsFile.BusFile(rawValue: String(word)).map { .bus(bus, $0) }
    default: return nil
    }
  }

  private func file(ofDriver words: [Substring], on bus: BusName) -> SysfsFile? {
    let driver = DriverName(String(words[1]))
    if words.count == 3 {
      if let file = SysfsFile.DriverFile(rawValue: String(words[2])) {
        return .driver(bus, driver, file)
      }
      return nil
    }
    // A link to a device that the driver has: it moves with the binding, which a path cannot say.
    return nil
  }

  private func file(of device: HostPath, _ words: ArraySlice<Substring>) -> SysfsFile? {
    let words = Array(words)
    if words.count == 2, words[0] == "driver" {
      return SysfsFile.DriverFile(rawValue: String(words[1])).map { .boundDriver(device, $0) }
    }
    guard words.count == 1 else { return nil }
    if let file = SysfsFile.DeviceFile(rawValue: String(words[0])) { return .device(device, file) }
    return SysfsPath.readOnly.contains(words[0]) ? .readOnly : nil
  }

  /// The longest start of the path that is a device's directory, and the file in it.
  private func file(inDevices words: ArraySlice<Substring>) -> SysfsFile? {
    for length in [1, 2] where words.count > length + 1 {
      let directory = words.dropLast(length).joined(separator: "/")
      let path = HostPath.root / "sys"
      let device = directory.utf8.split(separator: UInt8(ascii: "/"))
        .reduce(path) { $0 / String(Substring($1)) }
      if host.device(at: device) != nil { return file(of: device, words.suffix(length)) }
    }
    let name = words.dropLast().last.map { DeviceName(String($0)) }
    // A directory with the name of a PCI function that the host does not have.
    return name.flatMap { PCIAddress($0.text) } != nil ? .missing : nil
  }

  private func file(ofGroup number: Substring, _ words: ArraySlice<Substring>) -> SysfsFile? {
    guard let number = GroupNumber(String(number)), let group = host.group(number) else {
      return .missing
    }
    let words = Array(words)
    if words == ["type"] { return .groupType(number) }
    if words.count == 1, SysfsPath.readOnly.contains(words[0]) { return .readOnly }
    guard words.count >= 3, words[0] == "devices" else { return nil }
    let member = group.members.first { $0.linkName.text == words[1] }
    guard let member else { return .missing }
    return file(of: member.device, words.dropFirst(2))
  }

  private func parameter(module: Substring, _ name: Substring) -> SysfsFile? {
    let spelled = ModuleName(spelling: String(module)).text
    if let parameter = ModuleParameter(rawValue: "\(spelled)/\(name)") {
      return .parameter(parameter)
    }
    switch "\(spelled)/\(name)" {
    case "vfio_pci/disable_denylist", "vfio_pci/disable_vga", "vfio_platform/reset_required":
      return .readOnly
    case "vfio_pci/ids": return .missing  // It has no file (mode 0).
    default: return nil
    }
  }
}
