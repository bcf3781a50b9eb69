import HostModel

extension Rule {
  /// DENYLISTED: vfio-pci refuses the device by its ids (kernel-rules §6.1 row 1, §12.1).
  static let denylistedDevice = Rule(
    slug: .denylistedDevice, severity: .error,
    title: "vfio-pci refuses this device by its ids",
    page: RulePage(
      meaning: """
        vfio-pci keeps a list of Intel accelerators (QuickAssist, DSA, IAX) that cannot be given to \
        user space safely, and fails their probe with EINVAL. Variant drivers do not look at the \
        list.
        """,
      evidence: [
        "cat /sys/bus/pci/devices/0000:6a:01.0/vendor /sys/bus/pci/devices/0000:6a:01.0/device",
        "cat /sys/module/vfio_pci/parameters/disable_denylist",
      ],
      remedy: """
        Use the device through its kernel driver, or its variant driver where there is one. \
        vfio-pci.disable_denylist=1 lifts the list for all devices; read the device's errata first.
        """,
      kernels: """
        QuickAssist in all; DSA and IAX from 6.12, and in stable 6.1.91 and 6.8.10; up to 5.12 the \
        shell shows ENODEV instead of EINVAL
        """,
      source: "kernel-rules §6.1 row 1, §13 cases 49 and 50; vfio_pci.c:vfio_pci_is_denylisted"),
    findings: { context in
      guard context.host.vfio.denylistDisabled.value != true else { return [] }
      return context.host.devices.compactMap { Finding(denylisted: $0, in: context) }
    },
    questions: { context in
      guard context.host.vfio.denylistDisabled.value != true else { return [] }
      return context.host.devices.compactMap { OpenQuestion(denylisted: $0, in: context) }
    })
}

extension OpenQuestion {
  fileprivate init?(denylisted device: Device, in context: AuditContext) {
    guard device.bus == .pci, device.driver.value != "vfio-pci" else { return nil }
    var conditions = Conditions()
    conditions.require(device.identity, .identity(device.name)) { identity in
      identity.map { Denylist.presence(of: $0, in: context.behavior) != .no } ?? false
    }
    conditions.require(device.driverOverride, .driverOverride(device.name)) {
      $0?.driver == "vfio-pci"
    }
    conditions.require(device.driver, .driver(device.name)) { $0 != "vfio-pci" }
    conditions.require(context.host.vfio.denylistDisabled, .denylistDisabled) { $0 != true }
    guard let doubt = conditions.doubt else { return nil }
    self.init(
      rule: .denylistedDevice, severity: .error, group: device.group.value, devices: [device.name],
      doubt: doubt)
  }
}

extension Finding {
  fileprivate init?(denylisted device: Device, in context: AuditContext) {
    guard let identity = device.identity.value, device.driver.value != "vfio-pci",
      device.driver.failure == nil, context.host.vfio.denylistDisabled.failure == nil
    else { return nil }
    let presence = Denylist.presence(of: identity, in: context.behavior)
    guard presence != .no else { return nil }
    let isWanted = Intent.vfioDriver(wantedFor: device, in: context) == "vfio-pci"
    let errno = context.behavior.bindErrnoText(ofFailedProbe: .invalid)
    self.init(
      rule: .denylistedDevice, severity: isWanted ? .error : .info, group: device.group.value,
      devices: [device.name],
      message: presence == .yes
        ? "\(device.name) (\(identity.idText)) is on vfio-pci's denylist: binding it there answers "
          + "\(errno)"
        : "\(device.name) (\(identity.idText)) may be on this kernel's vfio-pci denylist: stable "
          + "levels of its series differ",
      evidence: [
        Evidence(
          path: device.path / "vendor", value: "0x" + Hexadecimal.text(identity.vendor, digits: 4)),
        Evidence(
          path: device.path / "device", value: "0x" + Hexadecimal.text(identity.device, digits: 4)),
      ],
      remedy: "use its kernel driver or variant driver; vfio-pci.disable_denylist=1 lifts the "
        + "list for all devices",
      symptom: "\(identity.idText) exists in vfio-pci device denylist, driver probing disallowed.",
      dependsOn: presence == .unread ? [.unstudied(.denylistHasAccelerators, of: nil)] : [])
  }
}
