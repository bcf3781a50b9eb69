import HostModel
import OwnershipAnalysis

/// What an answer took for granted, said so, and a kernel did not grant.
///
/// The answer then counts as undetermined, not as wrong: but only for a deviation that follows from
/// this very assumption.
struct FailedAssumption {
  let fact: UnseenFact

  /// - Parameter line: of `Transition.dependsOn`.
  init?(_ line: String, explaining step: RecordedStep) {
    for row in Self.table where row.words.allSatisfy(line.contains) && row.explains(step, line) {
      fact = row.fact
      return
    }
    return nil
  }

  private struct Row {
    /// All of them are in the line.
    let words: [String]
    let fact: UnseenFact
    let explains: @Sendable (RecordedStep, String) -> Bool
  }

  private static let table: [Row] = [
    Row(words: ["the probe of ", " accepts "], fact: .driverProbe) { step, line in
      step.tellsFailedProbe || step.leavesDriverless(deviceIn: line)
    },
    Row(words: [" is a PCI Express port; if not"], fact: .portType) { step, _ in
      step.operation.hasPrefix("probe ") && !step.drivers.values.contains("pcieport")
    },
    Row(words: [" was not added to ", "EEXIST"], fact: .dynamicIDs) { step, _ in
      step.answer == .refused(.exists, .newID)
    },
    Row(words: ["does not match", "written to new_id"], fact: .dynamicIDs) { step, line in
      step.answer == .accepted && step.binds(deviceIn: line)
    },
    Row(words: ["no id that was written to new_id"], fact: .dynamicIDs) { step, line in
      step.answer == .accepted && step.binds(deviceIn: line)
    },
  ]
}

extension RecordedStep {
  fileprivate func isRefused(at call: KernelCall) -> Bool {
    if case .refused(_, call) = answer { true } else { false }
  }

  /// The driver refused, not the kernel before it: ENODEV, or a message, which a refusal for
  /// ownership never leaves (kernel-rules §12.2).
  fileprivate var tellsFailedProbe: Bool {
    isRefused(at: .bind)
      && (answer == .refused(.noSuchDevice, .bind)
        || log.contains { $0.contains("probe ") && $0.contains(" failed with error ") })
  }

  /// The device that the line names got no driver from an operation that does not report errors.
  fileprivate func leavesDriverless(deviceIn line: String) -> Bool {
    answer == .accepted && !operation.hasPrefix("bind ")
      && !drivers.contains { line.contains(" \($0.key)") && $0.value != nil }
  }

  /// The device that the line names got a driver.
  fileprivate func binds(deviceIn line: String) -> Bool {
    drivers.contains { line.contains(" \($0.key)") && $0.value != nil }
  }
}
