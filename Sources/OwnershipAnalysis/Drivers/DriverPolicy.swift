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

  package enum KernelDriverKind: Sendable, Hashable {
    case ordinary
    /// Hands devices to user space without VFIO and is often taken for a stub: uio_pci_generic, …
    case userSpaceFramework
    /// May attach a domain of its own while bound (kernel-rules §10.2).
    case privateDomain
  }

  package var driver: DriverName? {
    switch self {
    case .none: nil
    case .vfio(let name), .stub(let name), .infrastructure(let name), .kernel(let name, _): name
    }
  }

  package var isVFIO: Bool { if case .vfio = self { true } else { false } }
  package var isStub: Bool { if case .stub = self { true } else { false } }
  package var isKernel: Bool { if case .kernel = self { true } else { false } }

  /// The word of the `POLICY` column: `none`, `managed` or `kernel`.
  package var word: String {
    switch self {
    case .none: "none"
    case .vfio, .stub, .infrastructure: "managed"
    case .kernel: "kernel"
    }
  }
}
