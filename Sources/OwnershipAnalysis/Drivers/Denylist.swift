package import HostModel

/// Devices that vfio-pci refuses to bind unless `disable_denylist` is set (kernel-rules §6.1).
///
/// Intel QuickAssist functions that can bring a host down from a guest; variant drivers do not
/// look at the list. vfio_pci.c:vfio_pci_dev_in_denylist.
package enum Denylist {
  private static let vendor: UInt16 = 0x8086
  /// DH895XCC, C3XXX and C62X with their virtual functions: in every version.
  private static let always: Set<UInt16> = [0x0435, 0x0443, 0x19e2, 0x19e3, 0x37c8, 0x37c9]
  /// DSA and IAX: F21.
  private static let accelerators: Set<UInt16> = [0x0b25, 0x0cfe]

  /// Whether vfio-pci of a host refuses the device; unread where its ids are.
  static func presence(
    of device: Device, on host: ObservedHost, in behavior: KernelBehavior
  ) -> Presence {
    guard host.vfio.denylistDisabled.value != true else { return .no }
    return device.identity.value.map { presence(of: $0, in: behavior) } ?? .unread
  }

  /// Whether this kernel's vfio-pci refuses the device.
  package static func presence(
    of identity: PCIIdentity, in behavior: KernelBehavior
  ) -> Presence {
    guard identity.vendor == vendor else { return .no }
    if always.contains(identity.device) { return .yes }
    guard accelerators.contains(identity.device) else { return .no }
    return behavior.presence(of: .denylistHasAccelerators)
  }
}
