import HostModel

/// Who owns a group's DMA (kernel-rules §3).
package enum Ownership: Sendable, Equatable {
  /// Nobody of user space; the kernel counts its drivers.
  case unclaimed
  /// A container (regime B: `owner`; regime A: `container_users` > 0).
  case container(Owner)
  /// An iommufd.
  case iommufd(Owner)
  /// Some user of the host's, through whichever door.
  case somebody
  /// Evidence is silent.
  case unknown

  package enum Owner: Sendable, Hashable {
    /// A holder of the sequence itself.
    case holder(HolderName)
  }

  /// Whether user space owns the group; `nil` when that cannot be seen.
  package var isClaimed: Bool? {
    switch self {
    case .unclaimed: false
    case .container, .iommufd, .somebody: true
    case .unknown: nil
    }
  }
}
