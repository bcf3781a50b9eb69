import HostModel

/// Whether a kernel driver could bind a driverless member without anybody asking for it.
struct AutoprobeExposure {
  private let conditions: Conditions
  /// The fact that leaves it open or closes it.
  let evidence: Evidence

  var isExposed: Bool { conditions.hold }
  /// What could not be read and decides.
  var doubt: Doubt? { conditions.doubt }

  /// A member is open to it unless `driver_override` names VFIO or pci-stub, the bus probes nothing by
  /// itself, or (up to 5.18) it is a bridge, on which VFIO accepts any driver.
  init(of member: MemberAssessment, in context: AuditContext) {
    let device = member.device
    let override = device.path / "driver_override"
    var conditions = Conditions()
    conditions.require(device.driver, .driver(device.name)) { $0 == nil }
    if device.bus == .pci {
      conditions.require(device.header, .header(device.name)) { $0 != .bridge }
    }
    guard conditions.hold || conditions.doubt != nil else {
      self.conditions = conditions
      evidence = member.driverEvidence
      return
    }
    if let name = device.driverOverride.value?.driver {
      // Named for a kernel driver, the override is the exposure itself.
      let kind = DriverProfiles.profile(of: name, on: device.bus, in: nil)?.kind
      conditions.require(kind != .vfio && kind != .stub)
      evidence = Evidence(path: override, value: name.text)
    } else if context.host.autoprobe[device.bus] == .value(false),
      device.driverOverride.failure == nil
    {
      conditions.require(false)
      evidence = Evidence(
        path: HostPath.root / "sys/bus/\(device.bus)/drivers_autoprobe", value: "0")
    } else {
      // An override that names a kernel driver waits for it, whatever the bus does by itself.
      conditions.require(device.driverOverride, .driverOverride(device.name)) { _ in true }
      conditions.require(context.host.autoprobe[device.bus] ?? .absent, .autoprobe(device.bus)) {
        $0 != false
      }
      evidence = Evidence(path: override, value: device.driverOverride.value.map { _ in "(null)" })
    }
    self.conditions = conditions
  }
}
