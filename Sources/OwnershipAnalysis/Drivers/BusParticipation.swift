package import HostModel

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
