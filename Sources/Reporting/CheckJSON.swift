import HostModel
package import OwnershipAnalysis

/// Checks for programs: the document `vfio-preflight/check/1`.
package struct CheckJSON {
  private let checks: CostOfChecks
  private let kernel: KernelIdentity

  package init(_ checks: CostOfChecks, kernel: KernelIdentity) {
    self.checks = checks
    self.kernel = kernel
  }

  package var value: JSONValue {
    [
      "schema": "vfio-preflight/check/1",
      "kernel": KernelJSON.value(kernel),
      "devices": .array(checks.checks.map(device)),
      "unseen": .array(checks.cost.unseen.map { .string($0.text) }),
      "unseen_codes": .array(checks.cost.unseen.map { .string($0.code) }),
      "every_process_seen": .bool(!checks.hasUnseenProcesses),
      "exit_status": .exitStatus(checks.conclusion),
    ]
  }

  private func device(_ check: DeviceCheck) -> JSONValue {
    let wait = checks.wait(of: check)
    let step = wait == nil ? check.decisive : check.steps.first { $0.answer.call == .unbind }
    let waitText = wait?.text(of: check.device.driver.value)
    let doubts = Doubt.inOrderOfText(check.steps.flatMap(\.answer.doubts))
    return [
      "device": .string(check.device.name.text),
      "verdict": .string(checks.verdict(of: check).word),
      "errno": JSONValue(checks.verdict(of: check).errno?.name),
      "errnos": .array(checks.verdict(of: check).errnos.map { .string($0.name) }),
      "operation": JSONValue(step?.text),
      "call": JSONValue(step?.answer.call.rawValue),
      "rule": JSONValue(
        wait == nil ? step?.answer.rule?.text : RuleSlug.hostOpenDevice.text),
      "reason": JSONValue(waitText ?? step?.answer.reason.text),
      "reason_code": JSONValue(wait?.code ?? step?.answer.reason.code),
      "losses": LossLines.json(
        checks.cost.losses(with: check.device.name), allowing: checks.allowed),
      "depends_on": .array(doubts.map { .string($0.text) }),
      "depends_on_codes": .array(doubts.map { .string($0.code) }),
      "steps": .array(
        check.steps.map { text, answer in
          [
            "operation": .string(text), "verdict": .string(answer.verdict.word),
            "errno": JSONValue(answer.verdict.errno?.name),
            "errnos": .array(answer.verdict.errnos.map { .string($0.name) }),
            "call": .string(answer.call.rawValue), "reason": .string(answer.reason.text),
            "reason_code": .string(answer.reason.code),
          ]
        }),
    ]
  }
}
