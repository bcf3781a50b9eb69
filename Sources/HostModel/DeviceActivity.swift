/// Signs that a device on a VFIO driver is open (kernel-rules §8.1, §8.3).
package struct DeviceActivity: Sendable, Equatable {
  /// `enable`: how often the device is enabled; vfio-pci enables it on open.
  package var enableCount: Reading<Int>
  /// `power/runtime_status`: `suspended` when idle under vfio-pci, `active` when open.
  package var runtimeStatus: Reading<String>

  package init(
    enableCount: Reading<Int> = .absent, runtimeStatus: Reading<String> = .absent
  ) {
    self.enableCount = enableCount
    self.runtimeStatus = runtimeStatus
  }
}
