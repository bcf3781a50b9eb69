import HostModel
package import OwnershipAnalysis

/// The answer of `predict`.
package struct PredictionReport: Report {
  private let prediction: Prediction

  package init(_ prediction: Prediction) {
    self.prediction = prediction
  }

  package func text(in palette: Palette) -> String {
    PredictionText(prediction, palette: palette).text
  }

  package func write(in palette: Palette, to sink: (String) -> Bool) {
    PredictionText(prediction, palette: palette).write(to: sink)
  }

  package var json: JSONValue { PredictionJSON(prediction).value }
}

/// A prediction for people: one line a step, the reason under what is not plain success.
package struct PredictionText {
  private let prediction: Prediction
  private let palette: Palette

  package init(_ prediction: Prediction, palette: Palette = .plain) {
    self.prediction = prediction
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
    for step in prediction.steps {
      append(step, to: &piece)
      guard piece.utf8.count >= Piece.size else { continue }
      guard sink(piece) else { return }
      piece.removeAll(keepingCapacity: true)
    }
    _ = sink(piece + groups + note + summary)
  }

  private func append(_ step: AnsweredOperation, to text: inout String) {
    text += "\(TerminalText.escape(step.text)): \(headline(step.answer))\n"
    text += LabelledLines.text("why", [step.answer.reason.text])
    text += LabelledLines.text("then", step.answer.effects.map(\.text))
    text += LabelledLines.text("assumes", step.answer.dependsOn.map(\.text))
  }

  /// `refused with EBUSY at bind  [kernel-driver-in-claimed-group]`
  private func headline(_ answer: Answer) -> String {
    let rule = answer.rule.map { "  [\($0)]" } ?? ""
    let word = palette.word(answer.verdict)
    switch answer.verdict {
    case .accepted: return "\(word)\(rule)"
    case .refused(let errno): return "\(word) with \(errno) at \(answer.call.rawValue)\(rule)"
    case .blocks, .crashes, .undetermined:
      return "\(word) at \(answer.call.rawValue)\(rule)"
    }
  }

  private var note: String {
    let text = KernelNote(prediction.before.kernel).text
    return text.isEmpty ? "" : "\n" + text
  }

  private var groups: String {
    let concerned = prediction.concernedGroups
    guard !concerned.isEmpty else { return "" }
    let rows = concerned.map { group in
      "group \(group.number) afterwards: \(prediction.after.viabilityKind(of: group).rawValue)"
        + (prediction.after.ownership(of: group.number).isClaimed == true ? ", claimed" : "") + "\n"
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
