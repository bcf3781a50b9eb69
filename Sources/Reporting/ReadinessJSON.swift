import HostModel
package import OwnershipAnalysis

/// Readiness for programs: the document `vfio-preflight/check/1`.
package struct ReadinessJSON {
  private let devices: [Readiness]
  private let kernel: KernelIdentity

  package init(_ devices: [Readiness], kernel: KernelIdentity) {
    self.devices = devices
    self.kernel = kernel
  }

  package var value: JSONValue {
    [
      "schema": "vfio-preflight/check/1",
      "kernel": KernelJSON.value(kernel),
      "devices": .array(devices.map(device)),
      "exit_status": .integer(Int(ExitStatus(of: devices.map(\.verdict)).rawValue)),
    ]
  }

  private func device(_ readiness: Readiness) -> JSONValue {
    let step = readiness.decisive
    let doubts = Doubt.inOrderOfText(readiness.steps.flatMap(\.answer.doubts))
    return [
      "device": .string(readiness.device.name.text),
      "verdict": .string(readiness.verdict.word),
      "errno": JSONValue(readiness.verdict.errno?.name),
      "operation": JSONValue(step?.text),
      "call": JSONValue(step?.answer.call.rawValue),
      "rule": JSONValue(step?.answer.rule?.text),
      "reason": JSONValue(step?.answer.reason.text),
      "reason_code": JSONValue(step?.answer.reason.code),
      "depends_on": .array(doubts.map { .string($0.text) }),
      "depends_on_codes": .array(doubts.map { .string($0.code) }),
      "steps": .array(
        readiness.steps.map { text, answer in
          [
            "operation": .string(text), "verdict": .string(answer.verdict.word),
            "errno": JSONValue(answer.verdict.errno?.name),
            "call": .string(answer.call.rawValue), "reason": .string(answer.reason.text),
            "reason_code": .string(answer.reason.code),
          ]
        }),
    ]
  }
}
