import HostModel

extension Rule {
  /// BRIDGE-BLOCK: a bridge on a driver that claims DMA ownership (kernel-rules §12.1).
  static let bridgeDriverBlocks = Rule(
    slug: .bridgeDriverBlocks, severity: .error,
    title: "a bridge of the group is on a driver that claims it for the kernel",
    page: RulePage(
      meaning: """
        Bridges usually run pcieport, which manages DMA itself and never stands in the way. Another \
        driver on a bridge, most often shpchp (hot-plug), is an ordinary kernel driver since 5.19 \
        and keeps the whole group from user space. Up to 5.18 any driver on a bridge was accepted, \
        so an upgrade alone can bring this about.
        """,
      evidence: [
        "readlink /sys/bus/pci/devices/0000:00:1e.0/driver",
        "ls /sys/bus/pci/devices/0000:00:1e.0/secondary_bus_number",
      ],
      remedy: """
        Unbind the bridge from that driver: bridges work without one. Do not bind a bridge to \
        vfio-pci: it refuses bridges with EINVAL.
        """,
      kernels: "from 5.19",
      source: "kernel-rules §5.1, §13 cases 3 and 13; iommu.c:iommu_device_use_default_domain"),
    findings: blockers(.bridgeDriverBlocks) { blamed, _ in
      "unbind \(Phrase.devices(blamed.map(\.device.name))) from "
        + "\(blamed.first?.policy.driver?.text ?? "its driver"); a bridge needs no driver, "
        + "and vfio-pci takes none"
    })
}
