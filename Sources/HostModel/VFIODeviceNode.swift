/// An entry of a device's `vfio-dev` directory: `vfio3`.
package struct VFIODeviceNode: Sendable, Hashable {
  package let name: EntryName
  /// Whether the entry has `dev`, so that `/dev/vfio/devices/NAME` exists (from 6.6).
  package let hasCharacterDevice: Bool

  package init(name: EntryName, hasCharacterDevice: Bool) {
    self.name = name
    self.hasCharacterDevice = hasCharacterDevice
  }
}
