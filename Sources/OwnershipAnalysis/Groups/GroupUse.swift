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

  /// Whether somebody means user space to have the group.
  package var isForUserSpace: Bool { self == .userSpace || self == .mixed }

  package init(policies: some Sequence<DriverPolicy>) {
    var hasVFIO = false
    var hasKernel = false
    for policy in policies {
      hasVFIO = hasVFIO || policy.isVFIO
      hasKernel = hasKernel || policy.isKernel
    }
    self =
      switch (hasVFIO, hasKernel) {
      case (true, true): .mixed
      case (true, false): .userSpace
      case (false, true): .kernel
      case (false, false): .idle
      }
  }
}
