import HostModel

/// The checks of devices, with what it costs the host to give them away.
package struct CostOfChecks: Sendable {
  package let checks: [DeviceCheck]
  /// Of all devices that would be taken from their drivers, at once.
  package let cost: HostCost
  package let allowed: Set<LossKind>
  /// Whether the open files of some process were not seen, and a device taken has nodes.
  package let hasUnseenProcesses: Bool
  private let waits: [HostPath: RemovalWait]

  package init(_ checks: [DeviceCheck], allowing allowed: Set<LossKind>, in index: UseIndex) {
    self.checks = checks
    self.allowed = allowed
    let taken = checks.filter(\.takesFromHost).map(\.device)
    cost = index.cost(of: taken)
    waits = Dictionary(
      taken.compactMap { device in index.removalWait(of: device).map { (device.path, $0) } },
      uniquingKeysWith: { first, _ in first })
    hasUnseenProcesses = taken.contains(where: index.hasUnseenUsers)
  }

  /// Why the unbind of the device would wait.
  package func wait(of check: DeviceCheck) -> RemovalWait? {
    guard let wait = waits[check.device.path] else { return nil }
    // What is refused anyhow is not made better by a user that is not there.
    if case .unseen = wait, check.verdict != .accepted { return nil }
    return wait
  }

  /// The verdict of a check, where the removal of the driver can wait.
  package func verdict(of check: DeviceCheck) -> Verdict {
    switch wait(of: check) {
    case nil: check.verdict
    case .forProcesses, .forStream: .blocks
    case .unseen: .undetermined([])
    }
  }

  package var conclusion: Conclusion {
    max(Conclusion(of: checks.map(verdict)), cost.conclusion(allowing: allowed))
  }

  /// The kinds that lose the host and were not allowed, in the order of the table.
  package var refused: [LossKind] {
    let kinds = Set(
      cost.losses.filter { $0.weight == .loses && !allowed.contains($0.kind) }.map(\.kind))
    return LossKind.allCases.filter(kinds.contains)
  }
}

extension DeviceCheck {
  /// Whether a step would take the device from its driver.
  var takesFromHost: Bool {
    steps.contains { step in
      step.answer.call == .unbind && !step.answer.verdict.isRefusal
    }
  }
}

extension UseIndex {
  /// Whether a process that was not seen can have a node of the device open.
  func hasUnseenUsers(_ device: Device) -> Bool {
    guard let use, use.openNodes.coverage != .complete else { return false }
    return devices[device.path]?.nodes.isEmpty == false
  }
}
