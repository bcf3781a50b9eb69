import HostModel

extension Rule {
  /// OVERRIDE-STALE: `driver_override` names a driver that is not registered (§4.5, §12.1).
  static let staleOverride = Rule(
    slug: .staleOverride, severity: .warning,
    title: "driver_override names a driver that is not there",
    page: RulePage(
      meaning: """
        driver_override takes any text. While it is set, only the driver of exactly that name can \
        bind the device; if none is registered, because its module is not loaded or the name is \
        misspelt, nothing binds and every bind of another driver is refused with ENODEV. Names use \
        the driver's own spelling: vfio-pci has a dash, mlx5_vfio_pci has underscores.
        """,
      evidence: [
        "cat /sys/bus/pci/devices/0000:01:00.0/driver_override",
        "ls /sys/bus/pci/drivers",
      ],
      remedy: """
        Load the driver's module (modprobe vfio-pci), correct the name, or clear the override by \
        writing an empty line to it.
        """,
      kernels: "all",
      source: "kernel-rules §4.1, §4.5, §13 case 21; pci-driver.c:pci_match_device"),
    findings: { context in
      let listed = Set(context.host.drivers.map(\.bus))
      return context.host.devices.compactMap { device in
        guard let wanted = device.driverOverride.value?.driver, listed.contains(device.bus),
          !context.host.isRegistered(wanted, on: device.bus)
        else { return nil }
        return Finding(
          rule: .staleOverride, severity: .warning, group: device.group.value,
          devices: [device.name],
          message: "\(device.name) waits for driver \(wanted), which is not registered: nothing "
            + "else can bind it",
          evidence: [
            Evidence(path: device.path / "driver_override", value: wanted.text),
            Evidence(
              path: HostPath.root / "sys/bus/\(device.bus)/drivers" / wanted.text, value: nil),
          ],
          remedy: remedy(for: device, wanted, in: context),
          symptom: "write error: No such device")
      }
    })

  /// In a group that user space owns, the driver must not come: not now, and up to 5.18 not at all.
  private static func remedy(
    for device: Device, _ wanted: DriverName, in context: AuditContext
  ) -> String {
    let file = device.path / "driver_override"
    let group = device.group.value.flatMap(context.group)
    guard let group, group.isInUse,
      DriverProfiles.profile(of: wanted, on: device.bus, in: nil)?.kind != .vfio
    else {
      if let meant = spelling(of: wanted, for: device, in: context) {
        return "did you mean \(meant)? write that to \(file)"
      }
      return "load the module of \(wanted), or write an empty line to \(file)"
    }
    let advice = "do not load \(wanted) while group \(group.group.number) is in use"
    guard device.header.failure == nil, device.header.value != .bridge else { return advice }
    return "write \(DriverProfiles.generalVFIODriver(of: device.bus, in: nil) ?? "vfio-pci") to "
      + "\(file), and \(advice)"
  }

  /// The driver that is meant: dashes for underscores, or a module's name for its driver's.
  private static func spelling(
    of wanted: DriverName, for device: Device, in context: AuditContext
  ) -> DriverName? {
    let module = ModuleName(spelling: wanted.text)
    let known =
      context.host.drivers(on: device.bus).map(\.name)
      + DriverProfiles.all.filter { $0.bus == device.bus }.map(\.name)
    if let spelt = known.first(where: { ModuleName(spelling: $0.text) == module }), spelt != wanted
    {
      return spelt
    }
    return context.host.drivers(on: device.bus).first { driver in
      driver.module.value.map { ModuleName(spelling: $0.text) } == module && driver.name != wanted
    }?.name
  }
}
