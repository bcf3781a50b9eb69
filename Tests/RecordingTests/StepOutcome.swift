/// How the model's answer to a recorded step compares with the kernel's.
struct StepOutcome: Sendable {
  /// `6.1-bookworm/bridge/edge-cases.steps:12`.
  let place: String
  let sequence: String
  let operation: String
  let judgement: Judgement

  enum Judgement: Sendable {
    case agreed
    /// The model named what it does not know, and the capture really does not hold it.
    case undetermined([UnseenFact])
    /// What was predicted and what was recorded; one line each.
    case wrong([String])
  }
}

extension StepOutcome: CustomStringConvertible {
  var description: String {
    let start = "\(place) \(sequence): \(operation)"
    return switch judgement {
    case .agreed: "\(start): agreed"
    case .undetermined(let facts):
      "\(start): undetermined: \(facts.map(\.rawValue).joined(separator: ", "))"
    case .wrong(let lines): "\(start)\n" + lines.map { "  \($0)" }.joined(separator: "\n")
    }
  }
}
