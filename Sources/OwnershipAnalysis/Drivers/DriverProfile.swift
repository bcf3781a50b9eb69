package import HostModel

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
    /// A kernel driver that may attach a domain of its own.
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
