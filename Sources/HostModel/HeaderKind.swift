/// The header type of a PCI function, as far as it matters (kernel-rules §8.2).
package enum HeaderKind: Sendable, Hashable {
  /// Type 0: an endpoint, also a host bridge or an ISA bridge.
  case normal
  /// Type 1 or 2: a PCI-to-PCI or CardBus bridge; it alone has `secondary_bus_number`.
  case bridge
}
