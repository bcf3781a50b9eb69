import HostModel

extension Inquiry {
  /// Reads everything that is needed.
  mutating func host() -> ObservedHost {
    for remark in store.remarks { note(remark.failure, at: remark.path) }
    let (members, listing) = groups()
    let buses = self.buses()
    let found = foundDevices(on: buses)
    let devices = self.devices(found, members: members)
    let groups = complete(members, with: devices)
    let hasGroups = !groups.isEmpty
    let vfio = facilities(devices)
    let drivers = buses.flatMap { self.drivers(on: $0) }
    var autoprobe: [BusName: Reading<Bool>] = [:]
    for bus in buses { autoprobe[bus.name] = flag("drivers_autoprobe", in: bus.path) }
    let kernel = kernel(
      hasGroups: hasGroups, hasIOMMUFD: vfio.hasIOMMUFD.value == true)
    let aliases =
      facts.moduleAliases
      ? moduleAliases(release: kernel.release, matching: devices) : .unread(.notNeeded)
    let use: Reading<HostUse> =
      facts.hostUse || (facts.shownHostUse && hasGroups && Inquiry.showsUse(of: devices))
      ? hostUse(of: devices) : .unread(.notNeeded)
    let firmware = firmware(
      hasGroups: hasGroups, isIsolated: groups.contains { !$0.isMadeUp })
    let iommus = self.iommus()
    let interrupts = self.interrupts()
    return ObservedHost(
      kernel: kernel,
      firmware: firmware,
      groups: groups, groupListing: listing, devices: devices, drivers: drivers,
      autoprobe: autoprobe.filter { !$0.value.isAbsent }, iommus: iommus.value ?? [], vfio: vfio,
      interrupts: interrupts, moduleAliases: aliases, use: use, problems: problems,
      notAsked: notAsked, iommuListFailure: iommus.failure)
  }

  /// The drivers of a bus, with their modules.
  private mutating func drivers(on bus: GroupBus) -> [Driver] {
    let directory = bus.path / "drivers"
    return (requiredNames(in: directory).value ?? []).map { name in
      Driver(
        bus: bus.name, name: DriverName(name),
        module: targetName(of: "module", in: directory / name) { ModuleName($0) })
    }
  }

  /// `/sys/class/iommu`; the vendor by the directory that its driver makes (kernel-rules §8.1).
  private mutating func iommus() -> Reading<[IOMMUInstance]> {
    let directory: HostPath = "sys/class/iommu"
    return requiredNames(in: directory).map { names in
      names.map { name in
        let target = target(of: name, in: directory)
        if target.isAbsent { note(.vanished, at: directory / name) }
        let vendor = target.value.flatMap { iommuVendor(at: $0) }
        return IOMMUInstance(name: EntryName(name), vendor: vendor)
      }
    }
  }

  private mutating func iommuVendor(at path: HostPath) -> IOMMUInstance.Vendor? {
    let isIntel = contains("intel-iommu", in: path)
    if isIntel.value == true { return .intel }
    let isAMD = contains("amd-iommu", in: path)
    if isAMD.value == true { return .amd }
    return isIntel.failure == nil && isAMD.failure == nil ? .other : nil
  }
}
