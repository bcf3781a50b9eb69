import HostModel
package import OwnershipAnalysis

/// Checks for programs: the document `vfio-preflight/check/1`.
package struct CheckJSON {
  private let devices: [DeviceCheck]
  private let kernel: KernelIdentity

  package init(_ devices: [DeviceCheck], kernel: KernelIdentity) {
    self.devices = devices
    self.kernel = kernel
  }

  package var value: JSONValue {
    [
      "schema": "vfio-preflight/check/1",
      "kernel": KernelJSON.value(kernel),
      "devices": .array(devices.map(device)),
      "exit_status": .exitStatus(Conclusion(of: devices.map(\.verdict))),
    ]
  }

  private func device(_ check: DeviceCheck) -> JSONValue {
    let step = check.decisive
    let doubts = Doubt.inOrderOfText(check.steps.flatMap(\.answer.doubts))
    return [
      "device": .string(check.device.name.text),
      "verdict": .string(check.verdict.word),
      "errno": JSONValue(check.verdict.errno?.name),
      "errnos": .array(check.verdict.errnos.map { .string($0.name) }),
      "operation": JSONValue(step?.text),
      "call": JSONValue(step?.answer.call.rawValue),
      "rule": JSONValue(step?.answer.rule?.text),
      "reason": JSONValue(step?.answer.reason.text),
      "reason_code": JSONValue(step?.answer.reason.code),
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
