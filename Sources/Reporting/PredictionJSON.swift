import HostModel
package import OwnershipAnalysis

/// A prediction for programs: the document `vfio-preflight/predict/1`.
package struct PredictionJSON {
  private let prediction: Prediction
  private let losses: PredictedLosses

  package init(_ prediction: Prediction, losses: PredictedLosses = .none) {
    self.prediction = prediction
    self.losses = losses
  }

  package var value: JSONValue {
    [
      "schema": "vfio-preflight/predict/1",
      "kernel": KernelJSON.value(prediction.kernel),
      "steps": .rows(Array(prediction.steps.indices), step),
      "unseen": .array(losses.unseen.map { .string($0.text) }),
      "unseen_codes": .array(losses.unseen.map { .string($0.code) }),
      "groups": .array(prediction.groups.map(PredictionJSON.group)),
      "exit_status": .exitStatus(Conclusion(of: prediction)),
    ]
  }

  private func step(_ place: Int) -> JSONValue {
    let step = prediction.steps[place]
    let answer = step.answer
    let loss = losses.step(at: place)
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
      "losses": LossLines.json(loss?.losses ?? []),
      "waits_for": JSONValue(loss.flatMap { loss in loss.wait?.text(of: loss.driver) }),
      "driver_after": JSONValue(step.driverAfter.name?.text),
      "driver_after_certain": .bool(step.driverAfter.isCertain),
      "errnos": .array(answer.verdict.errnos.map { .string($0.name) }),
      "rests_on": .array(answer.restsOn.map(JSONValue.integer)),
      "possibilities": .array(answer.possibilities.map(\.json)),
    ]
  }

  private static func group(_ after: GroupAfter) -> JSONValue {
    [
      "group": .integer(Int(after.group.number.value)),
      "certain": .bool(after.isCertain),
      "viability": .string(after.viability.rawValue),
      "claimed": after.isClaimed.map(JSONValue.bool) ?? .null,
      "kernel_drivers": after.kernelDrivers.map(JSONValue.integer) ?? .null,
      "members": .array(
        after.members.map { device, driver in
          [
            "device": .string(device.text), "driver": JSONValue(driver.name?.text),
            "driver_certain": .bool(driver.isCertain),
          ]
        }),
    ]
  }
}

extension Possibility {
  fileprivate var json: JSONValue {
    [
      "condition": JSONValue(condition?.text),
      "verdict": .string(verdict.word),
      "errnos": .array(verdict.errnos.map { .string($0.name) }),
      "call": .string(call.rawValue),
      "reason": .string(reason.text),
      "reason_code": .string(reason.code),
    ]
  }
}
