package import HostModel

/// A fact that only one of two captures was asked for, because the other is of an earlier version.
package struct FactComparison: Sendable, Hashable {
  /// Its path, with a star for every name that a host chooses.
  package let fact: HostPath
  /// The capture that does not have it.
  package let side: ProblemComparison.Side

  /// Whether a comparison names a change of it, so that without it a change may be hidden. What a
  /// verdict rests on besides shows in the verdict.
  var isOfWeight: Bool { FactComparison.compared.contains(fact) }

  private static let compared: Set<HostPath> = [
    "sys/devices/*/driver", "sys/devices/*/driver_override", "sys/devices/*/iommu_group",
    "sys/devices/*/vendor", "sys/devices/*/device", "sys/devices/*/class",
    "sys/kernel/iommu_groups/*/type", "sys/kernel/iommu_groups", "sys/class/iommu",
    "proc/interrupts", "proc/cmdline", "proc/sys/kernel/osrelease",
    "sys/module/vfio/parameters/enable_unsafe_noiommu_mode",
    "sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts",
    "sys/module/iommufd/parameters/allow_unsafe_interrupts",
    "sys/module/vfio_pci/parameters/disable_denylist",
    "sys/module/vfio_pci/parameters/enable_sriov",
  ]

  /// The old capture's first, then by path.
  static func all(_ old: ObservedHost, _ new: ObservedHost) -> [FactComparison] {
    func missing(in host: ObservedHost, side: ProblemComparison.Side, other: ObservedHost)
      -> [FactComparison]
    {
      let both = Set(other.notAsked)
      return host.notAsked.filter { !both.contains($0) }.map {
        FactComparison(fact: $0, side: side)
      }
    }
    return missing(in: old, side: .old, other: new) + missing(in: new, side: .new, other: old)
  }
}
