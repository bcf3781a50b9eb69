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
    return [
      "device": .string(check.device.name.text),
      "verdict": .string(check.verdict.word),
      "errno": JSONValue(check.verdict.errno?.name),
      "operation": JSONValue(step?.text),
      "call": JSONValue(step?.transition.call.rawValue),
      "rule": JSONValue(step?.transition.rule?.text),
      "reason": JSONValue(step?.transition.reason),
      "depends_on": .array(
        Set(check.steps.flatMap(\.transition.unknowns)).sorted().map(JSONValue.string)),
      "steps": .array(
        check.steps.map { text, transition in
          [
            "operation": .string(text), "verdict": .string(transition.verdict.word),
            "errno": JSONValue(transition.verdict.errno?.name),
            "call": .string(transition.call.rawValue), "reason": .string(transition.reason),
          ]
        }),
    ]
  }
}
