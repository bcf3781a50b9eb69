import HostModel

/// Whether somebody means a device for VFIO though it is not bound there.
enum Intent {
  /// The VFIO driver that `driver_override` names.
  static func vfioDriver(wantedFor device: Device, in context: AuditContext) -> DriverName? {
    guard let name = device.driverOverride.value?.driver,
      DriverProfiles.profile(of: name, on: device.bus, in: context.kernel.version)?.kind == .vfio
    else { return nil }
    return name
  }
}
