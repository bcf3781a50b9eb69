import HostModel

extension Rule {
  /// VF-AUTOPROBE-OFF: no driver can bind a VF whose PF switched probing off (§6.1 row 0, §12.1).
  static let vfAutoprobeOff = Rule(
    slug: .vfAutoprobeOff, severity: .warning,
    title: "a virtual function can be bound only through driver_override",
    page: RulePage(
      meaning: """
        When sriov_drivers_autoprobe of a physical function is 0, no driver binds its virtual \
        functions, not even by a write to bind with a matching id: the answer is ENODEV. A VF with \
        driver_override set is exempt.
        """,
      evidence: [
        "cat /sys/bus/pci/devices/0000:03:00.0/sriov_drivers_autoprobe",
        "cat /sys/bus/pci/devices/0000:03:02.0/driver_override",
      ],
      remedy: "Name the driver in driver_override of the VF, then bind it.",
      kernels: "all",
      source: "kernel-rules §6.1 row 0, §13 case 38; pci-driver.c:pci_device_can_probe"),
    findings: { context in
      context.host.devices.compactMap { device in
        guard case .virtual(let parent) = device.sriov, device.driver.isAbsent,
          device.driverOverride == .value(.unset),
          let function = context.host.device(at: parent),
          case .physical(let physical) = function.sriov,
          physical.driversAutoprobe == .value(false)
        else { return nil }
        return Finding(
          rule: .vfAutoprobeOff, severity: .warning, group: device.group.value,
          devices: [device.name, function.name],
          message: "VF \(device.name) cannot be bound: its physical function \(function.name) has "
            + "probing switched off; bind answers ENODEV",
          evidence: [
            Evidence(path: function.path / "sriov_drivers_autoprobe", value: "0"),
            Evidence(path: device.path / "driver_override", value: "(null)"),
          ],
          remedy: "write the driver's name to \(device.path / "driver_override") first",
          symptom: "write error: No such device")
      }
    })
}
