import HostModel
import HostReader
import TestSupport

extension HostTree {
  /// Group 7 with a function on a kernel driver and an open one on vfio-pci, and a function without
  /// driver and group.
  static let small: HostTree = {
    var host = HostTree(kernel: "6.12.94", build: "#1 SMP PREEMPT_DYNAMIC Debian 6.12.94-1")
    host.commandLine = "root=/dev/sda1 intel_iommu=on"
    host.hasDeviceNodes = true
    host.groups[7] = GroupDetails(type: "DMA")
    host.add(
      PCIFunction("0000:00:1f.2", class: 0x020000, id: "8086:1533", driver: "ahci", group: 7),
      PCIFunction(
        "0000:00:1f.3", class: 0x020000, id: "10de:13c2", driver: "vfio-pci", group: 7,
        use: .open()),
      PCIFunction("0000:00:02.0", class: 0x020000, id: "8086:1533"))
    host["0000:00:1f.2"].resetMethods = []
    return host
  }()
}

extension SnapshotEntries {
  /// What a copy of the host's directories has: no notes of what else was asked.
  var withoutNotes: SnapshotEntries {
    var plain = SnapshotTree.plain(self)
    plain[.root / SnapshotTree.notesName] = nil
    return plain
  }
}

extension SnapshotEntry {
  /// An attribute with a text and the line feed that ends it.
  static func text(_ text: String) -> SnapshotEntry { .attribute(Array("\(text)\n".utf8)) }
}
