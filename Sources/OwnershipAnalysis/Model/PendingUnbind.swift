package import HostModel

/// A removal of a driver that waits for a device's user (kernel-rules §9.2).
package struct PendingUnbind: Sendable, Equatable {
  package let device: HostPath
  /// The driver that is being removed; its link is gone already.
  package let driver: DriverName
  package let cause: Cause

  package enum Cause: Sendable {
    /// A write to `unbind`.
    case write
    /// The removal of a virtual function, which waits with what asked for it (§6.4).
    case removal
    /// The host shows it: its user is no holder of the sequence, and no operation ends it.
    case observed
  }

  package init(device: HostPath, driver: DriverName, cause: Cause = .write) {
    self.device = device
    self.driver = driver
    self.cause = cause
  }
}
