package import HostModel

/// Every driver that is not an ordinary kernel driver, by the name of its sysfs directory.
///
/// A driver that is not here is a kernel driver: its bind claims the group for the kernel. Names
/// are compared whole: no pattern separates `mlx5_vfio_pci` from `vfio-pci-something`.
/// To add a vfio variant driver, add one row.
package enum DriverProfiles {
  package static let all: [DriverProfile] = vfio + managed + frameworks + privateDomains

  /// In-tree drivers with `driver_managed_dma` that register with VFIO (kernel-rules §5.1, §5.2).
  private static let vfio: [DriverProfile] = [
    DriverProfile("vfio-pci", on: .pci, .vfio, source: "kernel-rules §5.1; vfio_pci.c"),
    DriverProfile("mlx5_vfio_pci", on: .pci, .vfio, since: v(5, 19), source: "kernel-rules §5.1"),
    DriverProfile(
      "hisi_acc_vfio_pci", on: .pci, .vfio, since: v(5, 19), source: "kernel-rules §5.1"),
    DriverProfile("pds_vfio_pci", on: .pci, .vfio, since: v(6, 6), source: "kernel-rules §5.1"),
    DriverProfile("virtio_vfio_pci", on: .pci, .vfio, since: v(6, 8), source: "kernel-rules §5.1"),
    DriverProfile(
      "nvgrace_gpu_vfio_pci", on: .pci, .vfio, since: v(6, 12), source: "kernel-rules §5.1"),
    DriverProfile("qat_vfio_pci", on: .pci, .vfio, since: v(6, 12), source: "kernel-rules §5.1"),
    DriverProfile("xe-vfio-pci", on: .pci, .vfio, since: v(6, 19), source: "kernel-rules §5.1 F24"),
    DriverProfile("ism_vfio_pci", on: .pci, .vfio, since: v(7, 0), source: "kernel-rules §5.1 F24"),
    DriverProfile("vfio-platform", on: .platform, .vfio, source: "kernel-rules §5.1, §5.3"),
    DriverProfile("vfio-amba", on: .amba, .vfio, source: "kernel-rules §5.1, §5.3"),
    DriverProfile("vfio-fsl-mc", on: .fslMC, .vfio, source: "kernel-rules §5.1, §5.3"),
    DriverProfile("vfio-cdx", on: .cdx, .vfio, since: v(6, 6), source: "kernel-rules §5.1 F17"),
    DriverProfile("vfio_mdev", on: .mdev, .vfio, source: "kernel-rules §5.1, §10.1"),
  ]

  /// In-tree drivers with `driver_managed_dma` that do not (kernel-rules §5.1).
  private static let managed: [DriverProfile] = [
    DriverProfile("pci-stub", on: .pci, .stub, source: "kernel-rules §5.1"),
    DriverProfile("pcieport", on: .pci, .infrastructure, source: "kernel-rules §5.1"),
    DriverProfile(
      "fsl-pci", on: .platform, .infrastructure, since: v(6, 6), source: "kernel-rules §5.1"),
  ]

  /// Often taken for stubs, and kernel drivers all the same (kernel-rules §5.1, "not managed").
  private static let frameworks: [DriverProfile] = [
    DriverProfile("pci-pf-stub", on: .pci, .userSpaceFramework, source: "kernel-rules §5.1"),
    DriverProfile("pciback", on: .pci, .userSpaceFramework, source: "kernel-rules §5.1"),
    DriverProfile("uio_pci_generic", on: .pci, .userSpaceFramework, source: "kernel-rules §5.1"),
    DriverProfile("uio_pci_sva", on: .pci, .userSpaceFramework, source: "kernel-rules §5.1"),
    DriverProfile("igb_uio", on: .pci, .userSpaceFramework, source: "kernel-rules §5.1"),
  ]

  /// Kernel drivers that may attach a domain or a PASID while bound (kernel-rules §10.2).
  private static let privateDomains: [DriverProfile] = [
    DriverProfile("usnic_verbs", on: .pci, .privateDomain, source: "kernel-rules §10.2"),
    DriverProfile("idxd", on: .pci, .privateDomain, source: "kernel-rules §10.2, PASID"),
    DriverProfile("amdxdna", on: .pci, .privateDomain, source: "kernel-rules §10.2"),
    DriverProfile("ifcvf", on: .pci, .privateDomain, source: "kernel-rules §10.2, vhost-vdpa"),
    DriverProfile("vp-vdpa", on: .pci, .privateDomain, source: "kernel-rules §10.2, vhost-vdpa"),
    DriverProfile("rocket", on: .platform, .privateDomain, source: "kernel-rules §10.2"),
    DriverProfile("ath10k_snoc", on: .platform, .privateDomain, source: "kernel-rules §10.2"),
    DriverProfile("ath11k", on: .platform, .privateDomain, source: "kernel-rules §10.2"),
    DriverProfile("qcom-venus", on: .platform, .privateDomain, source: "kernel-rules §10.2"),
    DriverProfile("exynos-drm", on: .platform, .privateDomain, source: "kernel-rules §10.2"),
    DriverProfile("rockchip-drm", on: .platform, .privateDomain, source: "kernel-rules §10.2"),
    DriverProfile("nouveau", on: .platform, .privateDomain, source: "kernel-rules §10.2, Tegra"),
  ]

  private static let byName: [DriverName: [DriverProfile]] = Dictionary(grouping: all, by: \.name)

  /// The row of a driver on a bus; `nil` for an ordinary kernel driver.
  ///
  /// - Parameter version: rows of later kernels do not count; `nil` counts all.
  package static func profile(
    of driver: DriverName, on bus: BusName, in version: KernelVersion?
  ) -> DriverProfile? {
    byName[driver]?.first { row in
      row.bus == bus && (version.map { row.since.series <= $0.series } ?? true)
    }
  }

  /// The VFIO driver that takes every device of a bus: its first row, the variants follow.
  package static func generalVFIODriver(
    of bus: BusName, in version: KernelVersion?
  ) -> DriverName? {
    all.first { row in
      row.kind == .vfio && row.bus == bus
        && (version.map { row.since.series <= $0.series } ?? true)
    }?.name
  }

  private static func v(_ major: UInt16, _ minor: UInt16) -> KernelVersion {
    KernelVersion(major, minor)
  }
}

/// A row of `DriverProfiles`: what a driver does about DMA, on which bus, in which kernels.
package struct DriverProfile: Sendable {
  package let name: DriverName
  package let bus: BusName
  package let kind: Kind
  /// The first kernel whose source was read with it; 0.0 for all.
  package let since: KernelVersion
  /// Section of the kernel's rules.
  package let source: String

  package enum Kind: Sendable, Hashable {
    /// `driver_managed_dma`, registers with VFIO.
    case vfio
    /// `driver_managed_dma`, does nothing with the device.
    case stub
    /// `driver_managed_dma`, the kernel's own plumbing.
    case infrastructure
    /// Hands the device to user space without VFIO and counts as a kernel driver.
    case userSpaceFramework
    /// A kernel driver that may attach a private domain.
    case privateDomain
  }

  package init(
    _ name: DriverName, on bus: BusName, _ kind: Kind,
    since: KernelVersion = KernelVersion(0, 0), source: String
  ) {
    self.name = name
    self.bus = bus
    self.kind = kind
    self.since = since
    self.source = source
  }
}
