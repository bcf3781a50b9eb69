import HostModel

extension Rule {
  /// RCEC-BLOCK: a Root Complex Event Collector on pcieport, up to 5.18 (kernel-rules §12.1).
  static let eventCollectorBlocks = Rule(
    slug: .eventCollectorBlocks, severity: .error,
    title: "a root complex event collector on pcieport keeps the group from user space",
    page: RulePage(
      meaning: """
        Kernels before DMA ownership accept any driver on a device whose header is a bridge's, and \
        only pci-stub or a VFIO driver on all others. A Root Complex Event Collector (class 0807) \
        has an endpoint's header, so pcieport on it makes the group not viable there. From 5.19 \
        pcieport is accepted wherever it is.
        """,
      evidence: [
        "cat /sys/bus/pci/devices/0000:00:00.4/class",
        "readlink /sys/bus/pci/devices/0000:00:00.4/driver",
      ],
      remedy: "Unbind the event collector from pcieport, or run a kernel from 5.19.",
      kernels: "up to 5.18",
      source: "kernel-rules §2.2, §13 case 14; vfio.c:vfio_dev_viable (5.10 to 5.17)"),
    findings: blockers(.eventCollectorBlocks) { blamed, _ in
      "unbind \(Phrase.devices(blamed.map(\.device.name))) from pcieport, or use a kernel from 5.19"
    })
}
