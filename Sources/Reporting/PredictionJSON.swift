import HostModel
package import OwnershipAnalysis

/// A prediction for programs: the document `vfio-preflight/predict/1`.
package struct PredictionJSON {
  private let prediction: Prediction

  package init(_ prediction: Prediction) {
    self.prediction = prediction
  }

  package var value: JSONValue {
    [
      "schema": "vfio-preflight/predict/1",
      "kernel": KernelJSON.value(prediction.before.kernel),
      "steps": .array(prediction.steps.map { step(text: $0.text, $0.operation, $0.transition) }),
      "groups": .array(prediction.concernedGroups.map(group)),
      "exit_status": .exitStatus(Conclusion(of: prediction)),
    ]
  }

  private func step(
    text: String, _ operation: Operation, _ transition: Transition
  ) -> JSONValue {
    [
      "operation": .string(text),
      "verdict": .string(transition.verdict.word),
      "errno": JSONValue(transition.verdict.errno?.name),
      "call": .string(transition.call.rawValue),
      "rule": JSONValue(transition.rule?.text),
      "reason": .string(transition.reason),
      "depends_on": .array(transition.unknowns.map(JSONValue.string)),
      "effects": .array(transition.effects.map(JSONValue.string)),
      "driver_after": JSONValue(transition.driverAfter(operation)?.text),
    ]
  }

  private func group(_ group: IOMMUGroup) -> JSONValue {
    let state = prediction.after
    return [
      "group": .integer(Int(group.number.value)),
      "viability": .string(state.viability(of: group).word),
      "claimed": state.ownership(of: group.number).isClaimed.map(JSONValue.bool) ?? .null,
      "kernel_drivers": .integer(state.kernelCount(of: group)),
      "members": .array(
        state.members(of: group).map {
          ["device": .string($0.device.name.text), "driver": JSONValue($0.policy.driver?.text)]
        }),
    ]
  }
}

extension Transition {
  /// What the answer takes for granted or waits for.
  var unknowns: [String] {
    if case .undetermined(let reasons) = verdict { reasons + dependsOn } else { dependsOn }
  }

  /// The driver of the one device that the operation is about; `nil` when there is none.
  func driverAfter(_ operation: Operation) -> DriverName? {
    guard let path = operation.device, let device = state.host.device(at: path) else { return nil }
    return state.driver(of: device).value
  }
}
