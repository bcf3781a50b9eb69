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
  /// Nowhere for certain: what vfio-pci refuses a device for could not be read.
  case uncertain(Refused)

  /// Why vfio-pci may refuse a device.
  enum Refused: Hashable {
    /// It may be a bridge (§6.1 row 2).
    case bridge
    /// It may have VFs.
    case virtualFunctions
    /// Its ids may be on the denylist.
    case ids

    var text: String {
      switch self {
      case .bridge: "whether it is a bridge, which vfio-pci refuses, could not be read"
      case .virtualFunctions:
        "whether it has VFs, with which vfio-pci refuses it, could not be read"
      case .ids: "its ids, by which vfio-pci may refuse it, could not be read"
      }
    }
  }

  init(of device: Device, in context: AuditContext) {
    guard !device.hasVirtualFunctions else {
      self = .hasVirtualFunctions
      return
    }
    if let refused = Refused(of: device, in: context) {
      self = .uncertain(refused)
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
    case .uncertain: 4
    }
  }
}

extension Placement.Refused {
  fileprivate init?(of device: Device, in context: AuditContext) {
    guard device.bus == .pci else { return nil }
    if device.header.failure != nil {
      self = .bridge
    } else if case .unread = device.sriov {
      self = .virtualFunctions
    } else if device.identity.failure != nil, context.host.vfio.denylistDisabled.value != true {
      self = .ids
    } else {
      return nil
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
  /// Whether `driver_override` names a VFIO driver.
  static func isForVFIO(_ device: Device, in context: AuditContext) -> Reading<Bool> {
    device.driverOverride.map { _ in vfioDriver(wantedFor: device, in: context) != nil }
  }
}
