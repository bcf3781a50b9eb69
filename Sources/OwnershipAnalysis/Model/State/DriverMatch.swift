import HashTreeCollections
package import HostModel

/// Whether a driver matches a device, as the bus decides before any probe (kernel-rules §4.5).
package enum DriverMatch: Sendable, Equatable {
  case yes
  case no
  /// Only something that cannot be read could decide.
  case unknown(Doubt)
}

extension KernelState {
  /// Matches as `pci_match_device` does: `driver_override` decides alone when it is set, then
  /// dynamic ids, then static ids, of which override-only ones do not count.
  package func match(_ device: Device, with driver: DriverName) -> DriverMatch {
    let match = matchAsRead(device, with: driver)
    guard case .unknown = match, let settled = difference.settled[.matches(device.path, driver)]
    else { return match }
    return settled ? .yes : .no
  }

  private func matchAsRead(_ device: Device, with driver: DriverName) -> DriverMatch {
    switch override(of: device) {
    case .value(.driver(let wanted)): return wanted == driver ? .yes : .no
    case .unread(let failure):
      return .unknown(.unread(.driverOverride(device.name), failure))
    case .value(.unset), .absent: break
    }
    guard device.bus == .pci else { return matchByName(device, driver) }
    guard let identity = device.identity.value else {
      return .unknown(.unread(.identity(device.name), nil))
    }
    let id = PCIIDPair(identity)
    if difference.dynamicIDs[driver]?.contains(id) == true { return .yes }
    let match = matchStatically(identity, driver)
    guard case .unknown(.dynamicIDs) = match,
      difference.removedIDs[driver]?.contains(id) == true
    else { return match }
    return .no
  }

  private func matchStatically(_ identity: PCIIdentity, _ driver: DriverName) -> DriverMatch {
    let dynamic = Doubt.dynamicIDs(driver)
    // Neither has an id that matches without an override (§5.2).
    let profile = DriverProfiles.profile(of: driver, on: .pci, in: kernel.version)
    if profile?.kind == .vfio || profile?.kind == .stub { return .unknown(dynamic) }
    if let matches = matchesBridge(identity, driver) { return matches ? .yes : .unknown(dynamic) }
    // A device of this id that is on the driver without an override matched by its id.
    if wasSeen(PCIIDPair(identity), on: driver) { return .yes }
    guard host.moduleAliases.value != nil else {
      return .unknown(.idTableUnread(driver))
    }
    let matching = (index.aliases[moduleName(of: driver)] ?? []).filter {
      !$0.isOverrideOnly && $0.matches(identity)
    }
    if matching.contains(where: { !$0.hasSubsystem }) { return .yes }
    if !matching.isEmpty {
      return .unknown(.subsystem(driver, PCIIDPair(identity)))
    }
    return .unknown(dynamic)
  }

  /// Whether the driver's own ids are known and do not have the device: only an override or an id
  /// that was written to `new_id` makes it match.
  func isForeign(_ device: Device, to driver: DriverName) -> Bool {
    guard device.bus == .pci, let identity = device.identity.value else { return false }
    guard case .unknown(.dynamicIDs) = matchStatically(identity, driver) else { return false }
    if matchesBridge(identity, driver) != nil { return true }
    return index.aliases[moduleName(of: driver)]?.isEmpty == false
  }

  /// The drivers of bridges are built in, and kernels up to 6.12 publish ids of modules only.
  ///
  /// pcieport takes bridges and event collectors (portdrv.c:port_pci_ids), shpchp bridges that
  /// decode positively (shpchp_core.c:shpcd_pci_tbl); `nil` for every other driver.
  private func matchesBridge(_ identity: PCIIdentity, _ driver: DriverName) -> Bool? {
    let code = identity.deviceClass
    switch driver {
    case KernelState.port: return code.baseAndSubclass == 0x0604 || code.isRootComplexEventCollector
    case "shpchp": return code.code == 0x060400
    default: return nil
    }
  }

  /// The driver of PCI Express ports: part of the PCI core, and registered before every other.
  static let port: DriverName = "pcieport"

  /// Off the PCI bus a driver matches by names that only its source shows.
  private func matchByName(_ device: Device, _ driver: DriverName) -> DriverMatch {
    if device.driver.value == driver { return .yes }
    if DriverProfiles.profile(of: driver, on: device.bus, in: kernel.version)?.kind == .vfio {
      return .no
    }
    return .unknown(.matchOffPCI(driver, device.bus))
  }

  /// The module a driver belongs to: its link, else its name in a module's spelling.
  func moduleName(of driver: DriverName) -> ModuleName {
    host.driver(driver, on: .pci)?.module.value
      ?? ModuleName(spelling: driver.text)
  }

  /// Registered drivers of the device's bus that match it; those that may stand apart.
  func candidates(for device: Device) -> (certain: [DriverName], possible: [DriverName]) {
    if case .value(.driver(let wanted)) = override(of: device) {
      return (isRegistered(wanted, on: device.bus) == true ? [wanted] : [], [])
    }
    var certain: [DriverName] = []
    var possible: [DriverName] = []
    for driver in registeredDrivers(on: device.bus) {
      switch match(device, with: driver) {
      case .yes: certain.append(driver)
      case .no: break
      case .unknown where isWorthDoubt(driver, for: device): possible.append(driver)
      case .unknown: break
      }
    }
    return (certain, possible)
  }

  /// Whether it matches, or was seen on the driver without an override: perhaps by an earlier
  /// dynamic id, which cannot be read.
  func mayMatch(_ device: Device, _ driver: DriverName) -> Bool {
    switch match(device, with: driver) {
    case .yes: true
    case .no: false
    case .unknown:
      device.identity.value.map { wasSeen(PCIIDPair($0), on: driver) } ?? false
    }
  }

  private func wasSeen(_ id: PCIIDPair, on driver: DriverName) -> Bool {
    index.boundIDs[HostIndex.DriverKey(bus: .pci, name: driver)]?.contains(id) == true
  }

  /// A dynamic id cannot be read and is always possible; it is doubted only for a driver that
  /// lives by dynamic ids or whose own ids are unknown.
  func isWorthDoubt(_ driver: DriverName, for device: Device) -> Bool {
    let kind = DriverProfiles.profile(of: driver, on: device.bus, in: kernel.version)?.kind
    return (host.moduleAliases.value == nil && driver != KernelState.port)
      || kind == .vfio || kind == .stub
  }
}

extension PCIIDPair {
  init(_ identity: PCIIdentity) {
    self.init(vendor: identity.vendor, device: identity.device)
  }
}
