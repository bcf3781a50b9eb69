import HostModel
package import OwnershipAnalysis

/// The answer of `predict`.
package struct PredictionReport: Report {
  private let prediction: Prediction
  private let losses: PredictedLosses

  package init(_ prediction: Prediction, losses: PredictedLosses = .none) {
    self.prediction = prediction
    self.losses = losses
  }

  package func text(in palette: Palette) -> String {
    PredictionText(prediction, losses: losses, palette: palette).text
  }

  package func write(in palette: Palette, to sink: (String) -> Bool) {
    PredictionText(prediction, losses: losses, palette: palette).write(to: sink)
  }

  package var json: JSONValue { PredictionJSON(prediction, losses: losses).value }
}

/// A prediction for people: one line a step, the reason under what is not plain success.
package struct PredictionText {
  private let prediction: Prediction
  private let losses: PredictedLosses
  private let palette: Palette

  package init(
    _ prediction: Prediction, losses: PredictedLosses = .none, palette: Palette = .plain
  ) {
    self.prediction = prediction
    self.losses = losses
    self.palette = palette
  }

  package var text: String {
    var text = ""
    write {
      text += $0
      return true
    }
    return text
  }

  /// - Parameter sink: takes the next piece; `false` when no other is wanted.
  func write(to sink: (String) -> Bool) {
    var piece = ""
    for (index, step) in prediction.steps.enumerated() {
      // Of several each has the number by which the others refer to it.
      if prediction.steps.count > 1 { piece += "\(index + 1). " }
      append(step, losses.step(at: index), to: &piece)
      guard piece.utf8.count >= Piece.size else { continue }
      guard sink(piece) else { return }
      piece.removeAll(keepingCapacity: true)
    }
    _ = sink(piece + groups + unseen + note + summary)
  }

  private func append(
    _ step: AnsweredOperation, _ loss: PredictedLosses.Step?, to text: inout String
  ) {
    text += "\(TerminalText.escape(step.text)): \(headline(step.answer))\n"
    text += LabelledLines.text("why", [step.answer.reason.text])
    text += LabelledLines.text(
      "then", step.answer.effects.map(\.text) + (loss?.effects ?? []))
    text += LabelledLines.text("assumes", step.answer.dependsOn.map(\.text))
    text += LabelledLines.text("rests on", step.answer.rests)
  }

  /// `refused with EBUSY at bind  [kernel-driver-in-claimed-group]`
  private func headline(_ answer: Answer) -> String {
    let rule = answer.rule.map { "  [\($0)]" } ?? ""
    let word = palette.word(answer.verdict)
    let end = answer.verdict == .accepted ? "" : " at \(answer.call.rawValue)"
    return word + answer.verdict.errnoPhrase + end + rule
  }

  private var unseen: String {
    let lines = losses.unseen.map {
      "note: what the host loses is not known: \(TerminalText.escape($0.text))\n"
    }
    return lines.isEmpty ? "" : "\n" + lines.joined()
  }

  private var note: String {
    let text = KernelNote(prediction.kernel).text
    return text.isEmpty ? "" : "\n" + text
  }

  private var groups: String {
    guard !prediction.groups.isEmpty else { return "" }
    let rows = prediction.groups.map { after in
      "group \(after.group.number) afterwards: \(after.viability.rawValue)"
        + (after.isClaimed == true ? ", claimed" : "")
        + (after.isCertain || after.viability == .undetermined ? "" : ", if all is as assumed")
        + "\n"
    }
    return "\n" + rows.joined()
  }

  private var summary: String {
    let verdicts = prediction.steps.map(\.answer.verdict.word)
    let parts = ["accepted", "refused", "blocks", "crashes", "undetermined"].compactMap { word in
      let count = verdicts.count { $0 == word }
      return count == 0 ? nil : "\(count) \(word)"
    }
    return "\n\(counted(verdicts.count, "operation")): \(parts.joined(separator: ", "))\n"
  }
}

extension PredictedLosses.Step {
  /// What goes with the operation, and for whom it waits.
  fileprivate var effects: [String] {
    (wait.map { [$0.text(of: driver)] } ?? [])
      + losses.map { "the host loses \($0.text)  [\($0.rule)]" }
  }
}
