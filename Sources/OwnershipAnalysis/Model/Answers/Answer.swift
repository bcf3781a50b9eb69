package import HostModel

/// What the kernel answers to one operation, why, and what is different afterwards.
package struct Answer: Sendable, Hashable {
  package let verdict: Verdict
  /// The call that answers; for a sequence of calls the one that failed, or the last.
  package let call: KernelCall
  /// The rule that explains the answer; `nil` for a plain success.
  package let rule: RuleSlug?
  /// The fact that decided.
  package let reason: Reason
  /// What the answer depends on, each once.
  package let dependsOn: [Doubt]
  /// What is worth showing of the state after.
  package let effects: [Effect]
  /// Operations of earlier steps that waited until this one let them go on, in their order.
  package let ended: [EndedOperation]
  /// Operations of the sequence, counted from 1, whose outcome is not certain and on which this
  /// answer rests.
  package private(set) var restsOn: [Int]
  /// The answers of which the kernel gives one, where they are not all the same.
  package let possibilities: [Possibility]

  init(
    verdict: Verdict, call: KernelCall, rule: RuleSlug?, reason: Reason, dependsOn: [Doubt],
    effects: [Effect], ended: [EndedOperation] = [], restsOn: [Int] = [],
    possibilities: [Possibility] = []
  ) {
    self.verdict = verdict
    self.call = call
    self.rule = rule
    self.reason = reason
    self.dependsOn = dependsOn.count < 2 ? dependsOn : dependsOn.unique
    self.effects = effects
    self.ended = ended
    self.restsOn = restsOn
    self.possibilities = possibilities
  }

  /// The same answer, with earlier operations on which it rests.
  func resting(on operations: [Int]) -> Answer {
    var answer = self
    answer.restsOn = operations
    return answer
  }

  /// What the answer waits for or takes for granted: the doubts of its verdict, then the others.
  package var doubts: [Doubt] { verdict.doubts + dependsOn }
}

/// An operation that waited and is over now, with its answer.
package struct EndedOperation: Sendable, Hashable {
  package let operation: Operation
  package let verdict: Verdict
  package let call: KernelCall
  /// What that rests on and cannot be seen, or is taken for granted.
  package let dependsOn: [Doubt]
}

/// One of several answers that the kernel can give.
package struct Possibility: Sendable, Hashable {
  /// What decides for it; `nil` where no single thing does.
  package let condition: Condition?
  package let verdict: Verdict
  package let call: KernelCall
  package let reason: Reason

  package enum Condition: Sendable, Hashable {
    /// An earlier operation of the sequence, counted from 1, ended in one of these ways.
    case outcome(of: Int, [Outcome])
    /// Something that cannot be seen is so, or is not.
    case fact(Unknown, Bool)
  }
}

/// How an operation ended that could have ended in several ways.
package struct Outcome: Sendable, Hashable {
  package let verdict: Verdict
  /// Everything that its answer takes for granted was so.
  package let isAsAssumed: Bool
}

/// An answer and the state after it; the state before where the operation was refused.
package struct Transition: Sendable {
  package let answer: Answer
  package let state: KernelState

  init(_ answer: Answer, _ state: KernelState) {
    self.answer = answer
    self.state = state
  }
}

/// What the kernel answers to an operation.
package enum Verdict: Sendable, Hashable {
  case accepted
  case refused(ErrorNumber)
  /// Refused for certain, with one of these errnos; none where it can be any.
  case refusedWithOneOf([ErrorNumber])
  /// The call does not return until somebody lets go; the operation stays pending.
  case blocks
  /// The kernel stops with a BUG (up to 5.18): the host needs a reboot.
  case crashes
  /// What decides and cannot be seen.
  case undetermined([Doubt])

  /// A refusal with one of these errnos, or with any where there is none.
  static func refused(withOneOf errnos: [ErrorNumber]) -> Verdict {
    errnos.count == 1 ? .refused(errnos[0]) : .refusedWithOneOf(errnos)
  }

  /// `accepted`, `refused`, `blocks`, `crashes` or `undetermined`.
  package var word: String {
    switch self {
    case .accepted: "accepted"
    case .refused, .refusedWithOneOf: "refused"
    case .blocks: "blocks"
    case .crashes: "crashes"
    case .undetermined: "undetermined"
    }
  }

  package var errno: ErrorNumber? {
    if case .refused(let number) = self { number } else { nil }
  }

  /// The errnos of a refusal, as far as they are known.
  package var errnos: [ErrorNumber] {
    switch self {
    case .refused(let number): [number]
    case .refusedWithOneOf(let numbers): numbers
    case .accepted, .blocks, .crashes, .undetermined: []
    }
  }

  package var isRefusal: Bool {
    switch self {
    case .refused, .refusedWithOneOf: true
    case .accepted, .blocks, .crashes, .undetermined: false
    }
  }

  package var doubts: [Doubt] {
    if case .undetermined(let doubts) = self { doubts } else { [] }
  }
}

extension Array where Element: Hashable {
  /// Each once, at its first place.
  package var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
