package import HostModel

/// A removal of a driver that waits for a device's user (kernel-rules §9.2).
package struct PendingUnbind: Sendable, Equatable {
  package let device: HostPath
  /// The driver that is being removed; its link is gone already.
  package let driver: DriverName
  /// The host shows it: its user is no holder of the sequence, and no operation ends it.
  package let isObserved: Bool

  package init(device: HostPath, driver: DriverName, isObserved: Bool = false) {
    self.device = device
    self.driver = driver
    self.isObserved = isObserved
  }
}
