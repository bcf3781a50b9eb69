import HostModel

/// Whose the group is, by the drivers bound to its members.
package enum GroupUse: String, Sendable, CaseIterable {
  /// At least one member on a VFIO driver, none on a kernel driver.
  case userSpace = "user"
  /// Members on kernel drivers, none on a VFIO driver: the host uses it, as it should.
  case kernel
  /// Members of both kinds.
  case mixed
  /// No driver that would make it one or the other.
  case idle

  /// No VFIO driver is seen, and a driver could not be read.
  case unknown

  /// Whether somebody means user space to have the group.
  package var isForUserSpace: Bool { self == .userSpace || self == .mixed }

  /// The same, or it cannot be seen.
  package var mayBeForUserSpace: Bool { isForUserSpace || self == .unknown }

  /// A device whose unbind still waits counts as VFIO's: its user has it open.
  init(of group: IOMMUGroup, members: [MemberAssessment], signs: UnbindSigns) {
    let hasVFIO = members.contains(where: \.policy.isVFIO) || !signs.isEmpty
    let hasKernel = members.contains(where: \.policy.isKernel)
    let isUnread =
      members.count < group.members.count
      || members.contains { $0.device.driver.failure != nil }
    self =
      switch (hasVFIO, hasKernel) {
      case (true, true): .mixed
      case (true, false): .userSpace
      case (false, _) where isUnread: .unknown
      case (false, true): .kernel
      case (false, false): .idle
      }
  }
}
