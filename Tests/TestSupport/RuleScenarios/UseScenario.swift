package import HostModel

/// A device of a host in use, which the host needs for something, or the nearest that it does not.
package struct UseScenario: Sendable, CustomStringConvertible {
  /// The rule's name.
  package let rule: String
  package let isFiring: Bool
  /// One sentence: what the device is to the host.
  package let situation: String
  package let device: DeviceName
  package let host: HostTree

  /// The fixture's name, `host-root-disk.firing`.
  package var description: String { rule + (isFiring ? ".firing" : ".silent") }

  private static func firing(
    _ rule: String, _ device: DeviceName, _ situation: String,
    adjust: (inout HostTree, inout UseSetup) -> Void = { _, _ in }
  ) -> UseScenario {
    UseScenario(
      rule: rule, isFiring: true, situation: situation, device: device, host: .inUse(adjust))
  }

  private static func silent(
    _ rule: String, _ device: DeviceName, _ situation: String,
    adjust: (inout HostTree, inout UseSetup) -> Void = { _, _ in }
  ) -> UseScenario {
    UseScenario(
      rule: rule, isFiring: false, situation: situation, device: device, host: .inUse(adjust))
  }

  /// Two for each rule, in the order of the catalogue.
  package static let all: [UseScenario] = [
    .firing(
      "host-root-disk", "0000:02:00.0",
      "the disk has / on a logical volume in an encrypted partition, /boot/efi and swap"),
    .silent("host-root-disk", "0000:03:00.0", "a second disk, of which nothing is mounted"),
    .firing("host-mount", "0000:03:00.0", "a second disk with a file system that is mounted") {
      $1.mount("259:5", at: "/srv/private", as: "xfs")
    },
    .silent("host-mount", "0000:03:00.0", "the same disk with nothing mounted"),
    .firing(
      "host-default-route", "0000:00:1f.6",
      "the port is the one that the bridge with the default route stands on"),
    .silent("host-default-route", "0000:04:00.0", "a second port, without a route"),
    .firing("host-network", "0000:04:00.0", "a second port with an address") {
      $1.addRoute("eth1", isDefault: false)
    },
    .silent("host-network", "0000:04:00.0", "the same port without one"),
    .firing("host-console", "0000:00:02.0", "the graphics that shows the only console"),
    .silent("host-console", "0000:05:00.0", "a second graphics card, without a screen"),
    .firing("host-input", "0000:00:14.0", "the USB controller of the only keyboard"),
    .silent("host-input", "0000:06:00.0", "a USB controller without a keyboard"),
    .firing(
      "host-open-device", "0000:00:1f.3", "a sound card whose control node a process has open"),
    .silent("host-open-device", "0000:00:1f.3", "the same with that process gone") { host, _ in
      host.processes = []
    },
    .firing("host-service", "0000:00:1f.0", "the bridge to the chipset's own devices"),
    .silent("host-service", "0000:06:00.0", "a USB controller"),
  ]
}

extension HostTree {
  /// A desktop that is up: everything is on the host's drivers, but for the graphics card of
  /// `desktop`.
  static func inUse(_ adjust: (inout HostTree, inout UseSetup) -> Void) -> HostTree {
    var host = desktop {
      for (bridge, group) in [
        ("0000:00:01.1", 20), ("0000:00:01.2", 21), ("0000:00:1c.0", 22), ("0000:00:1c.1", 23),
        ("0000:00:1c.2", 24),
      ] as [(DeviceName, GroupNumber)] {
        $0.add(
          PCIFunction(
            bridge, class: 0x060400, id: "8086:a33c", driver: "pcieport", group: group))
      }
      $0.add(
        PCIFunction("0000:00:02.0", class: 0x030000, id: "8086:3e98", driver: "i915", group: 2),
        PCIFunction(
          "0000:00:14.0", class: 0x0c0330, id: "8086:a36d", driver: "xhci_hcd", group: 4),
        PCIFunction(
          "0000:00:1f.0", class: 0x060100, id: "8086:a305", driver: "lpc_ich", group: 9),
        PCIFunction(
          "0000:00:1f.3", class: 0x040300, id: "8086:a348", driver: "snd_hda_intel", group: 10),
        PCIFunction(
          "0000:00:1f.6", class: 0x020000, id: "8086:15bc", driver: "e1000e", group: 8),
        PCIFunction(
          "0000:02:00.0", class: 0x010802, id: "144d:a808", driver: "nvme", group: 15,
          parent: "0000:00:01.1"),
        PCIFunction(
          "0000:03:00.0", class: 0x010802, id: "144d:a80a", driver: "nvme", group: 16,
          parent: "0000:00:01.2"),
        PCIFunction(
          "0000:04:00.0", class: 0x020000, id: "8086:1533", driver: "igb", group: 17,
          parent: "0000:00:1c.0"),
        PCIFunction(
          "0000:05:00.0", class: 0x030000, id: "1002:73df", driver: "amdgpu", group: 18,
          parent: "0000:00:1c.1"),
        PCIFunction(
          "0000:06:00.0", class: 0x0c0330, id: "1912:0014", driver: "xhci_hcd", group: 19,
          parent: "0000:00:1c.2"))
      $0.processes = [HostProcess(1204, "wireplumber", files: [33: "/dev/snd/controlC0"])]
      $0.hasModuleTables = true
    }
    var use = UseSetup.desktop
    adjust(&host, &use)
    host.use = use
    return host
  }
}

extension UseSetup {
  fileprivate static var desktop: UseSetup {
    var use = UseSetup()
    use.addDisk("nvme0n1", "259:0", on: "0000:02:00.0", in: "nvme/nvme0")
    use.addPartition("nvme0n1p1", "259:1", of: "nvme0n1")
    use.addPartition("nvme0n1p2", "259:2", of: "nvme0n1")
    use.addDisk("nvme1n1", "259:4", on: "0000:03:00.0", in: "nvme/nvme1")
    use.addPartition("nvme1n1p1", "259:5", of: "nvme1n1")
    use.addVolume("dm-0", "253:0", of: ["nvme0n1p2"], mapping: "luks")
    use.addVolume("dm-1", "253:1", of: ["dm-0"], mapping: "vg-root")
    use.addVolume("dm-2", "253:2", of: ["dm-0"], mapping: "vg-swap")
    use.addLoop("loop0", "7:0")
    use.namespaces = ["mnt": (4_026_531_841, 4_026_531_841), "net": (4_026_531_840, 4_026_531_840)]
    use.mount("253:1", at: "/")
    use.mount("259:1", at: "/boot/efi", as: "vfat")
    use.addSwap("/dev/dm-2")
    use.addInterface("br0")
    use.addInterface("eth0", on: "0000:00:1f.6", master: "br0")
    use.addInterface("eth1", on: "0000:04:00.0")
    use.addRoute("br0", isDefault: true)
    use.addRoute("br0", isDefault: false)
    use.setBootVGA("0000:00:02.0")
    use.addCard(0, on: "0000:00:02.0", hasScreen: true)
    use.addCard(1, on: "0000:05:00.0", hasScreen: false)
    use.addConsole("tty0                 -WU (EC p  )    4:1")
    use.addKeyboard("input3", on: "0000:00:14.0")
    use.addSound(0, on: "0000:00:1f.3")
    return use
  }
}
