import HostModel

/// A bus whose devices can be members of an IOMMU group (kernel-rules §3.3).
struct GroupBus: Sendable {
  let name: BusName
  /// Whether every device of the bus belongs into the snapshot, not only those with a group.
  let isWhole: Bool

  /// Every such bus; members on any other bus are found through their group.
  static let all: [GroupBus] = [
    // What VFIO is mostly used for; a device without a group is a finding, so all are read.
    GroupBus(name: .pci, isWhole: true),
    // Take part in DMA ownership; on Arm they share groups with each other and with PCI.
    GroupBus(name: .platform, isWhole: false),
    GroupBus(name: .amba, isWhole: false),
    GroupBus(name: .fslMC, isWhole: false),
    // Has groups, and drops the refusal of a bind.
    GroupBus(name: .cdx, isWhole: false),
    // Tegra display and media engines: groups without a test of ownership.
    GroupBus(name: "host1x", isWhole: false),
    GroupBus(name: "host1x-context", isWhole: false),
    // Hyper-V: `dma_configure` without a test of ownership.
    GroupBus(name: "vmbus", isWhole: false),
    // VFIO makes a group for each mediated device; s390 passes adapters and channels that way.
    GroupBus(name: .mdev, isWhole: false),
    GroupBus(name: "ap", isWhole: false),
    GroupBus(name: "ccw", isWhole: false),
    GroupBus(name: "css", isWhole: false),
  ]

  /// `/sys/bus/NAME`.
  var path: HostPath { "sys/bus" / name.text }
}
