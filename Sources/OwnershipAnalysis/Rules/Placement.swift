import HostModel

/// Where a member on a kernel driver can go, so that user space can be given its group.
enum Placement: Hashable {
  /// To this VFIO driver, the general one of its bus.
  case vfio(DriverName)
  /// Nowhere but off its driver: no VFIO driver takes devices of this bus.
  case unbound(BusName)
  /// Not to vfio-pci, which refuses its ids, or may (kernel-rules §6.1 row 1).
  case denylisted(isCertain: Bool)
  /// Not to vfio-pci, which refuses a physical function while its VFs exist (§6.1 row 3).
  case hasVirtualFunctions

  init(of device: Device, in context: AuditContext) {
    guard !device.hasVirtualFunctions else {
      self = .hasVirtualFunctions
      return
    }
    if device.bus == .pci, context.host.vfio.denylistDisabled.value != true,
      let identity = device.identity.value
    {
      let presence = Denylist.presence(of: identity, in: context.behavior)
      guard presence == .no else {
        self = .denylisted(isCertain: presence == .yes)
        return
      }
    }
    self =
      DriverProfiles.generalVFIODriver(of: device.bus, in: context.kernel.version)
      .map(Placement.vfio) ?? .unbound(device.bus)
  }

  /// One clause for each placement among the members, what is simplest to do first.
  static func remedy(
    for members: [MemberAssessment], in context: AuditContext,
    clause: (Placement, [DeviceName]) -> String
  ) -> String {
    var names: [Placement: [DeviceName]] = [:]
    var places: [Placement] = []
    for member in members {
      let place = Placement(of: member.device, in: context)
      if names[place] == nil { places.append(place) }
      names[place, default: []].append(member.device.name)
    }
    let ordered = places.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }
    return ordered.map { _, place in clause(place, names[place] ?? []) }.joined(separator: "; ")
  }

  private var rank: Int {
    switch self {
    case .vfio: 0
    case .unbound: 1
    case .denylisted: 2
    case .hasVirtualFunctions: 3
    }
  }
}

/// Whether a device is meant for VFIO though it is not bound there.
enum Intent {
  /// The VFIO driver that `driver_override` names.
  static func vfioDriver(wantedFor device: Device, in context: AuditContext) -> DriverName? {
    guard let name = device.driverOverride.value?.driver,
      DriverProfiles.profile(of: name, on: device.bus, in: context.kernel.version)?.kind == .vfio
    else { return nil }
    return name
  }
}
