package import HostModel

/// What a bound driver means for its group (kernel-rules §5).
package enum DriverPolicy: Sendable, Hashable {
  /// No driver is bound.
  case none
  /// `driver_managed_dma`, and it hands the device to user space through VFIO.
  case vfio(DriverName)
  /// `driver_managed_dma`, and it does nothing with the device: pci-stub.
  case stub(DriverName)
  /// `driver_managed_dma` of the kernel's own: pcieport, fsl-pci.
  case infrastructure(DriverName)
  /// Any other driver: it claims the group for the kernel.
  case kernel(DriverName, KernelDriverKind)
  /// A driver that is not in the table, and whether it registered the device with VFIO could not be
  /// read.
  case unread(DriverName, ReadFailure)

  package enum KernelDriverKind: Sendable, Hashable {
    case ordinary
    /// Hands devices to user space without VFIO and is often taken for a stub: uio_pci_generic, …
    case userSpaceFramework
    /// May attach a private domain while bound (kernel-rules §10.2).
    case privateDomain
  }

  package var driver: DriverName? {
    switch self {
    case .none: nil
    case .vfio(let name), .stub(let name), .infrastructure(let name), .kernel(let name, _),
      .unread(let name, _):
      name
    }
  }

  package var isVFIO: Bool { if case .vfio = self { true } else { false } }
  package var isStub: Bool { if case .stub = self { true } else { false } }
  package var isKernel: Bool { if case .kernel = self { true } else { false } }

  /// Why it is not known whether the driver is one of VFIO.
  package var failure: ReadFailure? {
    if case .unread(_, let failure) = self { failure } else { nil }
  }

  /// The word of the `POLICY` column: `none`, `managed`, `kernel` or `unknown`.
  package var word: String {
    switch self {
    case .none: "none"
    case .vfio, .stub, .infrastructure: "managed"
    case .kernel: "kernel"
    case .unread: "unknown"
    }
  }
}

extension DriverPolicy {
  /// What the driver of a device means, by the kernel's registration first, then by the table.
  ///
  /// From 6.1 a `vfio-dev` entry proves that the device is registered with VFIO whatever its
  /// driver is called, which covers out-of-tree variants (kernel-rules §8.1, §15.5). A driver of
  /// the table that is bound is there, whichever kernel was read first with it.
  package init(of device: Device) {
    guard let driver = device.driver.value else {
      self = .none
      return
    }
    if let nodes = device.vfioDevices.value, !nodes.isEmpty {
      self = .vfio(driver)
      return
    }
    let profile = DriverProfiles.profile(of: driver, on: device.bus, in: nil)
    self =
      switch profile?.kind {
      case .vfio: .vfio(driver)
      case .stub: .stub(driver)
      case .infrastructure: .infrastructure(driver)
      case .userSpaceFramework: .kernel(driver, .userSpaceFramework)
      case .privateDomain: .kernel(driver, .privateDomain)
      case nil: device.vfioDevices.failure.map { .unread(driver, $0) } ?? .kernel(driver, .ordinary)
      }
  }
}

/// Whether a bus asks for DMA ownership before a driver binds (kernel-rules §3.3).
package enum BusParticipation: Sendable, Hashable {
  /// Its `dma_configure` claims ownership and returns the refusal.
  case refuses
  /// Its `dma_configure` claims ownership and drops the refusal: CDX.
  case dropsRefusal
  /// It never asks.
  case none

  package init(of bus: BusName) {
    self =
      switch bus {
      case .pci, .platform, .amba, .fslMC: .refuses
      case .cdx: .dropsRefusal
      default: .none
      }
  }

  /// A kernel driver on such a bus adds to the group's `owner_cnt`.
  package var counts: Bool { self != .none }
}
