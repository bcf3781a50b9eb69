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
      "exit_status": .exitStatus(Conclusion(of: devices.map(\.verdict))),
    ]
  }

  private func device(_ readiness: Readiness) -> JSONValue {
    let step = readiness.decisive
    return [
      "device": .string(readiness.device.name.text),
      "verdict": .string(readiness.verdict.word),
      "errno": JSONValue(readiness.verdict.errno?.name),
      "operation": JSONValue(step?.text),
      "call": JSONValue(step?.transition.call.rawValue),
      "rule": JSONValue(step?.transition.rule?.text),
      "reason": JSONValue(step?.transition.reason),
      "depends_on": .array(
        Set(readiness.steps.flatMap(\.transition.unknowns)).sorted().map(JSONValue.string)),
      "steps": .array(
        readiness.steps.map { text, transition in
          [
            "operation": .string(text), "verdict": .string(transition.verdict.word),
            "errno": JSONValue(transition.verdict.errno?.name),
            "call": .string(transition.call.rawValue), "reason": .string(transition.reason),
          ]
        }),
    ]
  }
}
