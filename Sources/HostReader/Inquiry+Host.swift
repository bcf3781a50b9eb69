import HostModel

extension Inquiry {
  /// Reads everything; `listed` is what libudev says there is, on a live host.
  mutating func host(_ depth: ReadDepth, listed: Set<HostPath>? = nil) -> HostSnapshot {
    let (members, listing) = groups()
    let buses = self.buses()
    let found = foundDevices(on: buses)
    if let listed { compare(found, with: listed) }
    let devices = self.devices(found, members: members)
    let groups = complete(members, with: devices)
    let hasGroups = !groups.isEmpty
    let vfio = facilities(devices)
    let drivers = buses.flatMap { self.drivers(on: $0) }
    var autoprobe: [BusName: Reading<Bool>] = [:]
    for bus in buses { autoprobe[bus.name] = flag("drivers_autoprobe", in: bus.path) }
    let kernel = kernel(hasGroups: hasGroups)
    let aliases: Reading<[ModuleAlias]> =
      switch depth {
      case .audit: .unread(.notNeeded)
      case .prediction: moduleAliases(release: kernel.release, matching: devices)
      }
    return HostSnapshot(
      kernel: kernel, firmware: firmware(hasGroups: hasGroups),
      groups: groups, groupListing: listing, devices: devices, drivers: drivers,
      autoprobe: autoprobe.filter { !$0.value.isAbsent }, iommus: iommus(), vfio: vfio,
      interrupts: interrupts(), moduleAliases: aliases, problems: problems)
  }

  /// A device that one of the two lists lacks is told; it is read all the same.
  private mutating func compare(_ found: [FoundDevice], with listed: Set<HostPath>) {
    let paths = Set(found.map(\.path))
    for path in paths.subtracting(listed) { note(.unknownToUdev, at: path) }
    for path in listed.subtracting(paths) { note(.knownOnlyToUdev, at: path) }
  }

  /// The drivers of a bus, with their modules.
  private mutating func drivers(on bus: GroupBus) -> [Driver] {
    let directory = bus.path / "drivers"
    return (names(in: directory).value ?? []).map { name in
      Driver(
        bus: bus.name, name: DriverName(name),
        module: targetName(of: "module", in: directory / name) { ModuleName($0) })
    }
  }

  /// `/sys/class/iommu`; the vendor by the directory that its driver makes (kernel-rules §8.1).
  private mutating func iommus() -> [IOMMUInstance] {
    let directory: HostPath = "sys/class/iommu"
    return (names(in: directory).value ?? []).map { name in
      let path = target(of: name, in: directory).value ?? directory / name
      let vendor: IOMMUInstance.Vendor =
        if contains("intel-iommu", in: path).value == true {
          .intel
        } else if contains("amd-iommu", in: path).value == true {
          .amd
        } else {
          .other
        }
      return IOMMUInstance(name: name, vendor: vendor)
    }
  }
}
