import HostModel

extension Rule {
  /// `vfio-pci.ids=` names a device that vfio-pci does not have (kernel-rules §6.2).
  static let idsNotApplied = Rule(
    slug: .idsNotApplied, severity: .warning,
    title: "vfio-pci.ids names a device that vfio-pci did not get",
    page: RulePage(
      meaning: """
        vfio-pci.ids makes vfio-pci bind every device of these ids that has no driver when vfio-pci \
        is loaded. It takes none from a driver that was there earlier: one that is built in, or that \
        the initramfs loads first. An id that no device has does nothing, without any message.
        """,
      evidence: [
        "cat /proc/cmdline", "lspci -nnk -d 10de:1b80",
        "lsinitramfs /boot/initrd.img-$(uname -r) | grep vfio",
      ],
      remedy: """
        Put vfio-pci into the initramfs before the other driver, or make that wait: softdep nouveau \
        pre: vfio-pci in /etc/modprobe.d, then update the initramfs. A driver that is built in cannot \
        be kept away: bind the device to vfio-pci after the boot.
        """,
      kernels: "all; options in /etc/modprobe.d are not looked at",
      source: "kernel-rules §6.2, §4.4"),
    findings: { context in
      guard let option = lastOption(on: context.host) else { return [] }
      return ids(in: option.value).flatMap { Finding.all(ofID: $0, in: option, in: context) }
    })

  /// The kernel keeps the last value of a parameter.
  private static func lastOption(on host: ObservedHost) -> VFIOOption? {
    host.kernel.commandLine.value?.vfioOptions.last { option in
      option.parameter.map { $0 == (module: "vfio_pci", name: "ids") } == true
    }
  }

  /// Vendor and device of each entry that has both as plain numbers; the fields behind them only
  /// narrow it.
  private static func ids(in value: String) -> [(vendor: UInt16, device: UInt16)] {
    value.split(separator: ",").compactMap { entry in
      let fields = entry.split(separator: ":", omittingEmptySubsequences: false)
      guard fields.count == 2, let vendor = Hexadecimal.parse(fields[0].utf8, digits: 4...4),
        let device = Hexadecimal.parse(fields[1].utf8, digits: 4...4)
      else { return nil }
      return (UInt16(vendor), UInt16(device))
    }
  }
}

extension Finding {
  fileprivate static func all(
    ofID id: (vendor: UInt16, device: UInt16), in option: VFIOOption, in context: AuditContext
  ) -> [Finding] {
    let devices = context.host.devices.filter { device in
      device.identity.value.map { ($0.vendor, $0.device) == id } == true
    }
    let taken = devices.filter { device in
      guard let driver = device.driver.value else { return false }
      // Who wrote an override has another wish.
      let isOverridden = device.driverOverride.value?.driver != nil
      return !DriverPolicy(of: device).isVFIO && !isOverridden && driver != "pci-stub"
    }
    return taken.map { device in
      let driver = device.driver.value?.text ?? ""
      return Finding(
        rule: .idsNotApplied, severity: .warning, group: device.group.value,
        devices: [device.name],
        message: "\(device.name) is named by \(option.name) and bound to \(driver): that driver "
          + "had it before vfio-pci was loaded, or took it since",
        evidence: [
          Evidence(path: "proc/cmdline", value: "\(option.name)=\(option.value)"),
          Evidence(path: device.path / "driver", value: driver),
        ],
        remedy: "load vfio-pci before \(driver), in the initramfs or with a softdep")
    }
  }
}
