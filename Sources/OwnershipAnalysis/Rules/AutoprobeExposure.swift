import HostModel

/// Whether a kernel driver could bind a driverless member without anybody asking for it.
struct AutoprobeExposure {
  let isExposed: Bool
  /// The fact that leaves it open or closes it.
  let evidence: Evidence

  /// A member is open to it unless `driver_override` names VFIO or pci-stub, the bus probes nothing by
  /// itself, or (up to 5.18) it is a bridge, on which VFIO accepts any driver.
  init(of member: MemberAssessment, in context: AuditContext) {
    let device = member.device
    let override = device.path / "driver_override"
    guard device.driver.isAbsent, !member.isBridge else {
      isExposed = false
      evidence = member.driverEvidence
      return
    }
    if let name = device.driverOverride.value?.driver {
      // Named for a kernel driver, the override is the exposure itself.
      let kind = DriverProfiles.profile(of: name, on: device.bus, in: nil)?.kind
      isExposed = kind != .vfio && kind != .stub
      evidence = Evidence(path: override, value: name.text)
      return
    }
    if context.host.autoprobe[device.bus] == .value(false) {
      isExposed = false
      evidence = Evidence(
        path: HostPath.root / "sys/bus/\(device.bus)/drivers_autoprobe", value: "0")
      return
    }
    isExposed = true
    evidence = Evidence(path: override, value: device.driverOverride.value.map { _ in "(null)" })
  }
}
