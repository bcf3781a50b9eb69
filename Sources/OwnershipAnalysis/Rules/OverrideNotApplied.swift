import HostModel

extension Rule {
  /// `driver_override` names a registered driver and nothing has bound it (kernel-rules §4.5).
  static let overrideNotApplied = Rule(
    slug: .overrideNotApplied, severity: .warning,
    title: "driver_override is set, and nothing has bound the device",
    page: RulePage(
      meaning: """
        driver_override only says which driver may bind the device. It binds nothing by itself: that \
        takes a write to drivers_probe or to the driver's bind, or loading the driver's module while \
        the device has none. A script that writes driver_override in the initramfs works with a \
        module and does nothing with a driver that is built in.
        """,
      evidence: [
        "cat /sys/bus/pci/devices/0000:01:00.0/driver_override",
        "ls -l /sys/bus/pci/devices/0000:01:00.0/driver",
      ],
      remedy: "Write the device's address to /sys/bus/pci/drivers_probe.",
      kernels: "all",
      source: "kernel-rules §4.3, §4.5; pci-sysfs.c:driver_override_store"),
    findings: { context in
      context.host.devices.compactMap { Finding(overrideWithoutDriver: $0, in: context) }
    })
}

extension Finding {
  fileprivate init?(overrideWithoutDriver device: Device, in context: AuditContext) {
    guard let wanted = Intent.vfioDriver(wantedFor: device, in: context), device.driver.isAbsent,
      context.host.isRegistered(wanted, on: device.bus)
    else { return nil }
    // Beside a member on VFIO the override keeps kernel drivers away, which is what it is for; and
    // while an unbind waits the link is gone too.
    guard let group = device.group.value.flatMap(context.group), group.vfioBound.isEmpty,
      group.group.isWhollyRead(in: group.members), group.unbindSigns.isEmpty,
      context.host.hasNode(group.group.number).failure == nil, device.vfioDevices.failure == nil
    else { return nil }
    self.init(
      rule: .overrideNotApplied, severity: .warning, group: device.group.value,
      devices: [device.name],
      message: "\(device.name) is meant for \(wanted) and has no driver: driver_override binds "
        + "nothing by itself",
      evidence: [
        Evidence(path: device.path / "driver_override", value: wanted.text),
        Evidence(path: device.path / "driver", value: nil),
      ],
      remedy: "echo \(device.name) > /sys/bus/\(device.bus)/drivers_probe",
      symptom: nil)
  }
}
