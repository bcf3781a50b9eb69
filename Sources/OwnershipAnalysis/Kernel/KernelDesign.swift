import HostModel

/// A design that was proposed and not merged, which `--kernel` accepts by name.
///
/// What differs from the kernels that were released stands here and nowhere else.
package enum KernelDesign: String, CaseIterable, Sendable {
  /// The proposal of 2017: VFIO's notifier refuses a bind before the probe (NOTIFY_BAD at
  /// BUS_NOTIFY_BIND_DRIVER), and the bind answers EINVAL where regime A crashes. All else is as
  /// in the kernels of regime A.
  case notifierRefusal = "rfc-2017-notify-bad"
  /// The fourth version of the ownership series, end of 2021: the claim stands in the driver core
  /// (dd.c:really_probe) for every bus with a `dma_configure`, drivers opt out by
  /// `suppress_auto_claim_dma_owner`, and a conflict answers EBUSY to binds and claims alike. The
  /// merged series moved the claim into four buses' own `dma_configure` and answers EPERM to a
  /// claim while kernel drivers are bound.
  case driverCoreOwnership = "dma-owner-v4-2021"

  /// The released kernel that the design was written against; all else is as there.
  var base: KernelVersion {
    switch self {
    case .notifierRefusal: KernelVersion(5, 10)
    case .driverCoreOwnership: KernelVersion(5, 15)
    }
  }
}
