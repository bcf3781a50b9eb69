/// A node of VFIO for a group: `/dev/vfio/13` or `/dev/vfio/noiommu-13`.
package struct VFIOGroupNode: Sendable, Hashable {
  package let group: GroupNumber
  /// Spelled `noiommu-N`: nothing isolates its device.
  package let isNoIOMMU: Bool

  package init(group: GroupNumber, isNoIOMMU: Bool) {
    self.group = group
    self.isNoIOMMU = isNoIOMMU
  }

  /// Parses a name of `/sys/class/vfio` or `/dev/vfio`; `nil` for `vfio` and `devices`.
  package init?(name: some StringProtocol) {
    let prefix = "noiommu-"
    let isNoIOMMU = name.hasPrefix(prefix)
    guard let group = GroupNumber(isNoIOMMU ? String(name.dropFirst(prefix.count)) : String(name))
    else { return nil }
    self.init(group: group, isNoIOMMU: isNoIOMMU)
  }

  package var name: String { isNoIOMMU ? "noiommu-\(group)" : "\(group)" }
}
