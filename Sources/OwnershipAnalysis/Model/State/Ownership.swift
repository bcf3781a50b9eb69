/// Who owns a group's DMA (kernel-rules §3).
package enum Ownership: Sendable, Hashable {
  /// Not user space; the kernel counts its drivers.
  case unclaimed
  /// A holder's container (regime B: `owner`; regime A: `container_users` > 0).
  case container(HolderName)
  /// A holder's iommufd.
  case iommufd(HolderName)
  /// Some user of the host's, through whichever door.
  case somebody
  /// Evidence is silent.
  case unknown

  /// Whether user space owns the group; `nil` when that cannot be seen.
  package var isClaimed: Bool? {
    switch self {
    case .unclaimed: false
    case .container, .iommufd, .somebody: true
    case .unknown: nil
    }
  }
}
