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
      "steps": .rows(prediction.steps, PredictionJSON.step),
      "groups": .array(prediction.concernedGroups.map(group)),
      "exit_status": .exitStatus(Conclusion(of: prediction)),
    ]
  }

  private static func step(_ step: AnsweredOperation) -> JSONValue {
    let answer = step.answer
    return [
      "operation": .string(step.text),
      "verdict": .string(answer.verdict.word),
      "errno": JSONValue(answer.verdict.errno?.name),
      "call": .string(answer.call.rawValue),
      "rule": JSONValue(answer.rule?.text),
      "reason": .string(answer.reason.text),
      "reason_code": .string(answer.reason.code),
      "depends_on": .array(answer.doubts.map { .string($0.text) }),
      "depends_on_codes": .array(answer.doubts.map { .string($0.code) }),
      "effects": .array(answer.effects.map { .string($0.text) }),
      "effect_codes": .array(answer.effects.map { .string($0.code) }),
      "driver_after": JSONValue(step.driverAfter?.text),
    ]
  }

  private func group(_ group: IOMMUGroup) -> JSONValue {
    let state = prediction.after
    return [
      "group": .integer(Int(group.number.value)),
      "viability": .string(state.viabilityKind(of: group).rawValue),
      "claimed": state.ownership(of: group.number).isClaimed.map(JSONValue.bool) ?? .null,
      "kernel_drivers": .integer(state.kernelCount(of: group)),
      "members": .array(
        state.members(of: group).map {
          ["device": .string($0.device.name.text), "driver": JSONValue($0.policy.driver?.text)]
        }),
    ]
  }
}
