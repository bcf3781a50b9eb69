import HostModel
import HostReader

/// A host in a few lines: one PCI function on vfio-pci, one on a kernel driver, one group.
enum ComposedHost {
  static let root = "sys/devices/pci0000:00"

  static func text(_ text: String) -> SnapshotEntry { .attribute(Array("\(text)\n".utf8)) }

  /// The entries of a PCI function at `path`, below `sys/devices`.
  static func function(
    _ path: String, id: String = "8086:1533", class code: String = "0x020000", group: Int? = nil,
    driver: String? = nil
  ) -> SnapshotEntries {
    let device: HostPath = "sys/devices" / path
    let name = String(device.name)
    let up = String(repeating: "../", count: device.components.count - 1)
    let ids = id.split(separator: ":")
    var entries: SnapshotEntries = [
      "sys/bus/pci/devices" / name: .link("../../../devices/\(path)"),
      device / "vendor": text("0x\(ids[0])"),
      device / "device": text("0x\(ids[1])"),
      device / "class": text(code),
      device / "driver_override": text("(null)"),
      device / "numa_node": text("-1"),
      device / "subsystem": .link("\(up)bus/pci"),
    ]
    if let group {
      let directory: HostPath = "sys/kernel/iommu_groups" / String(group)
      entries[device / "iommu_group"] = .link("\(up)kernel/iommu_groups/\(group)")
      entries[directory / "type"] = text("DMA")
      entries[directory / "reserved_regions"] = text("0x00000000fee00000 0x00000000feefffff msi")
      entries[directory / "devices" / name] = .link("../../../../devices/\(path)")
    }
    if let driver {
      entries[device / "driver"] = .link("\(up)bus/pci/drivers/\(driver)")
      entries["sys/bus/pci/drivers" / driver / "module"] = .link(
        "../../../../module/\(driver.replacing("-", with: "_"))")
    }
    return entries
  }

  static let small: SnapshotEntries = {
    var entries: SnapshotEntries = [
      "proc/sys/kernel/osrelease": text("6.12.94"),
      "proc/sys/kernel/version": text("#1 SMP PREEMPT_DYNAMIC Debian 6.12.94-1"),
      "proc/cmdline": text("root=/dev/sda1 intel_iommu=on"),
      "sys/bus/pci/drivers_autoprobe": text("1"),
    ]
    for function in [
      function("pci0000:00/0000:00:1f.2", group: 7, driver: "ahci"),
      function("pci0000:00/0000:00:1f.3", id: "10de:13c2", group: 7, driver: "vfio-pci"),
      function("pci0000:00/0000:00:02.0"),
    ] {
      entries.merge(function) { _, new in new }
    }
    entries["sys/devices/pci0000:00/0000:00:1f.3/vfio-dev/vfio0/dev"] = text("511:0")
    entries["sys/devices/pci0000:00/0000:00:1f.3/enable"] = text("1")
    entries["sys/class/vfio/7"] = .link("../../devices/virtual/vfio/7")
    return entries
  }()

  /// What a copy of the host's directories has: no notes of what else was asked.
  static func withoutNotes(_ entries: SnapshotEntries) -> SnapshotEntries {
    var plain = SnapshotTree.plain(entries)
    plain[.root / SnapshotTree.notesName] = nil
    return plain
  }

  static func read(_ entries: SnapshotEntries) -> ObservedHost {
    SnapshotStore(entries: entries, unlisted: .absent).host(needing: .all)
  }
}
