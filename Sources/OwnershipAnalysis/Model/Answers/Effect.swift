package import HostModel

/// What is different after an operation, where that is worth showing.
package indirect enum Effect: Hashable, Sendable {
  case becomesViable(GroupNumber)
  /// The culprits are those whose binding made the difference; none where the group as a whole did.
  case stopsBeingViable(GroupNumber, [Culprit])
  case viabilityUnknown(GroupNumber)
  case nodeAppears(GroupNumber)
  case nodeGoes(GroupNumber)
  /// User space owns the group now; whether the kernel refuses a kernel driver or crashes on it.
  case claimed(GroupNumber, refusesKernelDrivers: Bool)
  case released(GroupNumber)

  /// A driver that registered, or got a new id, took the device.
  case bound(DeviceName, DriverName)
  /// The device stays without a driver; the kernel reports nothing.
  case refusedSilently(DeviceName, Reason)
  /// The driver's probe failed.
  case probeFailed(DeviceName, ErrorNumber, Reason)
  case autoprobeOff(BusName)

  case unbindCompleted(DeviceName, DriverName)
  /// An operation that waited got its answer.
  case waitingEnded(KernelCall, Verdict, Reason)

  case virtualFunctionsAppear(Int, DeviceName)
  case virtualFunctionsGetOverride
  case virtualFunctionsGone(DeviceName)

  /// The stable name of this kind of effect, for programs.
  package var code: String {
    switch self {
    case .becomesViable: "viable"
    case .stopsBeingViable: "not-viable"
    case .viabilityUnknown: "viability-unknown"
    case .nodeAppears: "node-appears"
    case .nodeGoes: "node-goes"
    case .claimed: "claimed"
    case .released: "released"
    case .bound: "bound"
    case .refusedSilently: "refused-silently"
    case .probeFailed: "probe-failed"
    case .autoprobeOff: "autoprobe-off"
    case .unbindCompleted: "unbind-completed"
    case .waitingEnded: "waiting-ended"
    case .virtualFunctionsAppear: "virtual-functions-appear"
    case .virtualFunctionsGetOverride: "virtual-functions-get-override"
    case .virtualFunctionsGone: "virtual-functions-gone"
    }
  }
}
