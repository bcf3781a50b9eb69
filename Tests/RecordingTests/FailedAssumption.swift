import HostModel
import OwnershipAnalysis

/// What an answer took for granted, said so, and a kernel did not grant.
///
/// The answer then counts as undetermined, not as wrong: but only for a deviation that follows from
/// this very assumption.
struct FailedAssumption {
  let fact: UnseenFact

  /// - Parameter doubt: of ``Answer/dependsOn``.
  init?(_ doubt: Doubt, explaining step: RecordedStep) {
    guard case .assumed(let assumption) = doubt else { return nil }
    let isBound = { (device: DeviceName) in step.answer == .accepted && step.binds(device) }
    switch assumption {
    case .probeAccepts(_, let device)
    where step.showsFailedProbe || step.leavesDriverless(device):
      fact = .driverProbe
    case .isPort
    where step.operation.hasPrefix("probe ") && !step.drivers.values.contains("pcieport"):
      fact = .portType
    case .idNotAddedBefore where step.answer == .refused(.exists, .newID): fact = .dynamicIDs
    case .doesNotMatch(_, let device, because: .dynamicIDs) where isBound(device):
      fact = .dynamicIDs
    case .noEarlierID(let device, _) where isBound(device): fact = .dynamicIDs
    default: return nil
    }
  }
}

extension RecordedStep {
  fileprivate func isRefused(at call: KernelCall) -> Bool {
    if case .refused(_, call) = answer { true } else { false }
  }

  /// The driver refused, not the kernel before it: ENODEV, or a message, which a refusal for
  /// ownership never leaves (kernel-rules §12.2).
  fileprivate var showsFailedProbe: Bool {
    isRefused(at: .bind)
      && (answer == .refused(.noSuchDevice, .bind)
        || log.contains { $0.contains("probe ") && $0.contains(" failed with error ") })
  }

  /// The device got no driver from an operation that reports no errors.
  fileprivate func leavesDriverless(_ device: DeviceName) -> Bool {
    answer == .accepted && !operation.hasPrefix("bind ") && !binds(device)
  }

  /// The device got a driver.
  fileprivate func binds(_ device: DeviceName) -> Bool {
    drivers.contains { $0.key == device && $0.value != nil }
  }
}
