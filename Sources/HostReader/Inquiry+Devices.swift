import HostModel
import SystemCalls

extension Inquiry {
  /// Reads what the buses list, and the members of groups that are on no such bus.
  mutating func devices(_ found: [FoundDevice], members groups: [IOMMUGroup]) -> [Device] {
    var devices = each(of: Inquiry.byDevice(found)) { inquiry, entries in
      for found in entries {
        let bus = found.bus
        if let device = inquiry.device(at: found.path, bus: bus.name, evenAlone: bus.isWhole) {
          return device
        }
      }
      return nil
    }
    var kept = Set(devices.lazy.map(\.path))
    for member in groups.lazy.flatMap(\.members) where kept.insert(member.device).inserted {
      guard let device = memberDevice(at: member.device) else { continue }
      devices.append(device)
    }
    return devices
  }

  /// The entries of buses that lead to one device, which are next to each other: one as a rule.
  private static func byDevice(_ found: [FoundDevice]) -> [ArraySlice<FoundDevice>] {
    var entries: [ArraySlice<FoundDevice>] = []
    entries.reserveCapacity(found.count)
    var start = 0
    for end in found.indices.dropFirst() where found[end].path != found[start].path {
      entries.append(found[start..<end])
      start = end
    }
    if start < found.endIndex { entries.append(found[start...]) }
    return entries
  }

  /// A member that no bus of the table lists; its own link shows the bus.
  private mutating func memberDevice(at path: HostPath) -> Device? {
    switch targetName(of: "subsystem", in: path, { BusName($0) }) {
    case .value(let bus): return device(at: path, bus: bus, evenAlone: true)
    case .absent:
      note(exists(path) ? .malformed("a device without subsystem") : .vanished, at: path)
      return nil
    case .unread: return nil
    }
  }

  /// Reads one device; `evenAlone` also when it has neither a group nor to do with VFIO.
  private mutating func device(at path: HostPath, bus: BusName, evenAlone: Bool) -> Device? {
    let group = targetName(of: "iommu_group", in: path) { GroupNumber($0) }
    let vfioDevices = vfioDevices(in: path)
    guard evenAlone || !group.isAbsent || !vfioDevices.isAbsent else { return nil }
    let function = bus == .pci ? function(at: path) : FunctionFacts()
    let driver = targetName(of: "driver", in: path) { DriverName($0) }
    // A device without any of these is perhaps no device any more.
    let isBare = group.isAbsent && driver.isAbsent && function.identity.isAbsent
    guard !isBare || exists(path) else {
      note(.vanished, at: path)
      return nil
    }
    let mayBeInUse = Inquiry.mayBeInUse(driver, vfioDevices)
    // Made in one go: each change of a device afterwards would copy it.
    return Device(
      name: DeviceName(String(path.name)), bus: bus, path: path, group: group, driver: driver,
      driverOverride: parse("driver_override", in: path) {
        DriverOverride(text: NameText.text(of: $0[...]))
      },
      identity: function.identity, header: function.header, sriov: function.sriov,
      vfioDevices: vfioDevices, iommu: targetName(of: "iommu", in: path) { EntryName($0) },
      numaNode: facts.numaNodes ? numaNode(in: path) : .unread(.notNeeded),
      reset: function.reset,
      activity: mayBeInUse ? activity(in: path) : DeviceActivity())
  }

  private mutating func vfioDevices(in path: HostPath) -> Reading<[VFIODeviceNode]> {
    // Nearly no device has the directory: ask for the entry, which is cheaper than to list it.
    switch contains("vfio-dev", in: path) {
    case .value(true): break
    case .value(false), .absent: return .absent
    case .unread(let failure): return .unread(failure)
    }
    let directory = path / "vfio-dev"
    return names(in: directory).map { names in
      names.map { name in
        let device = facts.deviceNodes ? contains("dev", in: directory / name).value : nil
        return VFIODeviceNode(name: EntryName(name), hasCharacterDevice: device)
      }
    }
  }

  /// The kernel writes -1 for no node.
  private mutating func numaNode(in path: HostPath) -> Reading<Int> {
    let node = number("numa_node", in: path)
    return node.value.map { $0 < 0 } == true ? .absent : node
  }

  /// Whether signs of use are worth reading: an economy, no judgement of the driver.
  static func mayBeInUse(
    _ driver: Reading<DriverName>, _ vfioDevices: Reading<[VFIODeviceNode]>
  ) -> Bool {
    guard vfioDevices.isAbsent, let driver = driver.value else { return !vfioDevices.isAbsent }
    let name = driver.text.utf8
    return name.indices.contains { name[$0...].starts(with: "vfio".utf8) }
  }

  private mutating func activity(in path: HostPath) -> DeviceActivity {
    let count = number("enable", in: path)
    // A device that is not enabled is closed, asleep or not.
    let isStatusNeeded = facts.idleStatuses || count.value != 0
    return DeviceActivity(
      enableCount: count,
      runtimeStatus: isStatusNeeded
        ? text("runtime_status", in: path / "power") : .unread(.notNeeded))
  }

  private mutating func exists(_ path: HostPath) -> Bool {
    guard let directory = path.parent else { return true }
    return contains(String(path.name), in: directory).value ?? true
  }
}
