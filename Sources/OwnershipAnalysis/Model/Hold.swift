package import HostModel

/// What a holder of the sequence keeps open.
package struct Hold: Sendable, Equatable {
  /// Group nodes, `/dev/vfio/N`.
  package var nodes: Set<GroupNumber> = []
  /// Groups attached to its container.
  package var containerGroups: Set<GroupNumber> = []
  /// Devices opened through their group.
  package var devices: Set<HostPath> = []
  /// Devices whose cdev is open and bound to its iommufd.
  package var cdevs: Set<HostPath> = []
  /// It is in a call that never returns, and cannot even be killed.
  package var isStuck = false

  package init() {}

  /// Whether it keeps a device from being unbound.
  package func uses(_ device: HostPath) -> Bool {
    devices.contains(device) || cdevs.contains(device)
  }
}
