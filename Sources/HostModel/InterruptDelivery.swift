/// What `/proc/interrupts` shows: how interrupts arrive and which devices user space drives.
package struct InterruptDelivery: Sendable, Equatable {
  /// Whether an x86 host remaps interrupts: `IR-IO-APIC` or another `IR-` chip (kernel-rules §8.1).
  package var remapping: Remapping
  /// Devices with a `vfio-intx(…)`, `vfio-msi[…](…)` or `vfio-msix[…](…)` handler: open, certainly.
  package var vfioDevices: Set<DeviceName>

  package enum Remapping: Sendable, Hashable {
    /// A chip whose name starts with `IR-` is there.
    case active
    /// x86 chips are there, none of them remapped.
    case inactive
    /// An Arm GICv3 ITS delivers messages, which isolates them.
    case translationService
    /// Nothing that shows it.
    case unknown

    /// The word in the JSON documents.
    package var word: String {
      switch self {
      case .active: "active"
      case .inactive: "inactive"
      case .translationService: "translation-service"
      case .unknown: "unknown"
      }
    }
  }

  package init(remapping: Remapping, vfioDevices: Set<DeviceName>) {
    self.remapping = remapping
    self.vfioDevices = vfioDevices
  }
}
