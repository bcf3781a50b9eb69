import HostModel
import OwnershipAnalysis
import Reporting
import TestSupport

extension HostValues {
  /// Applies operations in order; `D1` stands for the first device.
  func run(_ lines: [String]) throws -> [Transition] { try run(lines, from: state) }

  /// The same from a state of this host that is known already.
  func run(_ lines: [String], from state: KernelState) throws -> [Transition] {
    let script = try script(lines)
    var state = state
    return script.steps.map { step in
      let transition = KernelModel.apply(step.operation, to: state)
      state = transition.state
      return transition
    }
  }

  func script(_ lines: [String]) throws -> OperationScript {
    try OperationScript(lines.map(spelledOut), on: observed)
  }

  func run(_ lines: String...) throws -> [Transition] { try run(lines) }

  /// The answer to each operation.
  func answers(_ lines: String...) throws -> [String] { try run(lines).map(\.outcome) }

  /// The answer to the last operation; all before it must be accepted, or the test is meaningless.
  func answer(_ lines: String...) throws -> String {
    let transitions = try run(lines)
    for transition in transitions.dropLast() where transition.verdict != .accepted {
      throw NotAccepted(description: "\(transition.outcome): \(transition.reason.text)")
    }
    return transitions.last?.outcome ?? "nothing"
  }

  struct NotAccepted: Error, CustomStringConvertible {
    let description: String
  }

  private func spelledOut(_ line: String) -> String {
    line.split(separator: " ", omittingEmptySubsequences: false).map { word in
      guard word.first == "D", let number = Int(word.dropFirst()),
        devices.indices.contains(number - 1)
      else { return String(word) }
      return self[number].name.text
    }.joined(separator: " ")
  }
}

extension Transition {
  var verdict: Verdict { answer.verdict }
  var call: KernelCall { answer.call }
  var rule: RuleSlug? { answer.rule }
  var reason: Reason { answer.reason }
  var dependsOn: [Doubt] { answer.dependsOn }
  var effects: [Effect] { answer.effects }
  var ended: [EndedOperation] { answer.ended }

  /// `accepted`, `EBUSY at bind`, `blocks at unbind`.
  var outcome: String {
    switch verdict {
    case .accepted: "accepted"
    case .refused(let errno): "\(errno) at \(call.rawValue)"
    case .refusedWithOneOf(let errnos):
      errnos.map(\.name).joined(separator: " or ") + " at \(call.rawValue)"
    case .blocks, .crashes, .undetermined: "\(verdict.word) at \(call.rawValue)"
    }
  }
}

/// The kernels of the rulebook's columns.
enum Kernels {
  static let old = KernelVersion(5, 10, 223)
  /// Of regime A, with the probe's own errno (F1).
  static let lastOld = KernelVersion(5, 17)
  static let new = [
    KernelVersion(5, 19), KernelVersion(6, 1, 176), KernelVersion(6, 6, 17),
    KernelVersion(6, 12, 107), KernelVersion(7, 3, 4),
  ]
  static let all = [old, lastOld] + new
}

extension KernelVersion {
  /// Before 5.19: viability at open.
  var isOld: Bool { self < KernelVersion(5, 19) }
  /// Before 5.14: `bind` answers ENODEV whatever the probe said.
  var hidesProbeErrors: Bool { self < KernelVersion(5, 14) }
}
