/// One link in a group's `devices` directory.
package struct GroupMember: Sendable, Hashable {
  /// The link's name. It can carry a suffix (`.0`) when names of two buses collide.
  package let linkName: EntryName
  /// Where the link leads: the device.
  package let device: HostPath

  package init(linkName: EntryName, device: HostPath) {
    self.linkName = linkName
    self.device = device
  }
}
