import HostModel

/// The driver that a distribution's kernel ordinarily binds, by class and vendor.
///
/// The one place where drivers are assumed for listings that print none; `Fixtures/README.md`
/// shows it to the reader of a fixture.
enum OrdinaryDrivers {
  /// First match decides. A vendor of `nil` matches all.
  static let table: [(classes: [UInt16], vendor: UInt16?, driver: DriverName)] = [
    ([0x0604], nil, "pcieport"),
    ([0x0807], nil, "pcieport"),
    ([0x0300, 0x0302, 0x0380], 0x8086, "i915"),
    ([0x0300, 0x0302, 0x0380], 0x1002, "amdgpu"),
    ([0x0300, 0x0302, 0x0380], 0x10de, "nouveau"),
    ([0x0300], 0x1a03, "ast"),
    ([0x0300], 0x102b, "mgag200"),
    ([0x0403], nil, "snd_hda_intel"),
    ([0x0106], nil, "ahci"),
    ([0x0107], 0x8086, "isci"),
    ([0x0104], 0x1000, "megaraid_sas"),
    ([0x0108], nil, "nvme"),
    ([0x0200], 0x8086, "igb"),
    ([0x0200], 0x10ec, "r8169"),
    ([0x0200], 0x15b3, "mlx5_core"),
    ([0x0200], 0x1924, "sfc"),
    ([0x0280], 0x8086, "iwlwifi"),
    ([0x0280], 0x14c3, "mt7921e"),
    ([0x0c03], nil, "xhci_hcd"),
    ([0x0c05], 0x8086, "i801_smbus"),
    ([0x0c05], 0x1022, "piix4_smbus"),
    ([0x0601], 0x8086, "lpc_ich"),
    ([0x0780], 0x8086, "mei_me"),
    ([0x1080], 0x1022, "ccp"),
    ([0x0b40], 0x8086, "4xxx"),
  ]

  /// Devices whose class does not show the driver.
  static let byIdentity: [(vendor: UInt16, device: UInt16, driver: DriverName?)] = [
    (0x8086, 0x0b25, "idxd"),
    (0x8086, 0x0cfe, "idxd"),
    (0x8086, 0x15f2, "igc"),
    (0x8086, 0x15f3, "igc"),
    (0x8086, 0x2710, nil),
  ]

  static func driver(of identity: PCIIdentity) -> DriverName? {
    let special = byIdentity.first {
      $0.vendor == identity.vendor && $0.device == identity.device
    }
    if let special { return special.driver }
    return table.first { row in
      row.classes.contains(identity.deviceClass.baseAndSubclass)
        && (row.vendor ?? identity.vendor) == identity.vendor
    }?.driver
  }
}
