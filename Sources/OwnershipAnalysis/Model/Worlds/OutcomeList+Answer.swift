import HashTreeCollections
import HostModel

extension OutcomeList {
  /// - Parameter lost: operations that are not followed and are taken to have gone as assumed.
  func answer(restingOn lost: Set<Int>) -> Answer {
    guard outcomes.count > 1 else { return outcomes[0].answer.resting(on: Worlds.first(lost)) }
    let expected = outcomes.filter(\.isExpected)
    let different = Dictionary(grouping: expected) { $0.answer.result }
    if different.count == 1 { return certain(expected, lost) }
    if expected.allSatisfy(\.answer.verdict.isRefusal) { return refused(expected, lost) }
    return undetermined(expected, lost)
  }

  /// What all agree on, with the operations on which that rests.
  private func certain(_ expected: [Item], _ lost: Set<Int>) -> Answer {
    let answer = expected[0].answer
    let others = outcomes.filter { $0.isAsAssumed && $0.answer.result != answer.result }
    var restsOn = lost
    var possibilities: [Possibility] = []
    for other in others {
      let (operation, turn) = other.decision(unlike: expected)
      if let operation {
        restsOn.insert(operation)
      } else {
        restsOn.formUnion(other.world.turns.keys)
      }
      let condition = operation.map { Possibility.Condition.outcome(of: $0, turn) }
      possibilities.append(Possibility(other.answer, if: condition))
    }
    let common = expected.dropFirst().reduce(answer.effects) { effects, item in
      effects.filter(Set(item.answer.effects).contains)
    }
    return Answer(
      verdict: answer.verdict, call: answer.call, rule: answer.rule, reason: answer.reason,
      dependsOn: expected.flatMap(\.answer.dependsOn), effects: common, ended: answer.ended,
      restsOn: Worlds.first(restsOn), possibilities: possibilities.unique)
  }

  /// Refused whatever the case, with an errno that depends on it.
  private func refused(_ expected: [Item], _ lost: Set<Int>) -> Answer {
    let (possibilities, operations) = possibilities(of: expected)
    let errnos = expected.flatMap(\.answer.verdict.errnos).unique
    let isAnyErrno = expected.contains { $0.answer.verdict.errnos.isEmpty }
    let first = expected[0].answer
    return Answer(
      verdict: .refused(withOneOf: isAnyErrno ? [] : errnos),
      call: first.call, rule: first.rule, reason: .oneOf(possibilities), dependsOn: [],
      effects: [], restsOn: Worlds.first(lost.union(operations)), possibilities: possibilities)
  }

  private func undetermined(_ expected: [Item], _ lost: Set<Int>) -> Answer {
    let (possibilities, operations) = possibilities(of: expected)
    var kinds: Set<String> = []
    var doubts = forks.compactMap(\.verdict.doubts.first).filter { kinds.insert($0.code).inserted }
    doubts += expected.flatMap(\.answer.verdict.doubts)
    if !operations.isEmpty || doubts.isEmpty {
      let all = operations.isEmpty ? Set(expected.flatMap(\.world.turns.keys)) : operations
      doubts.insert(.outcomes(of: Worlds.first(all)), at: 0)
    }
    let source = forks.first ?? expected.first { $0.isOpen }?.answer ?? expected[0].answer
    let isDecidedHere = operations.isEmpty && !forks.isEmpty
    return Answer(
      verdict: .undetermined(doubts.unique), call: source.call,
      rule: isDecidedHere ? source.rule : nil,
      reason: isDecidedHere ? source.reason : .oneOf(possibilities), dependsOn: [], effects: [],
      restsOn: Worlds.first(lost.union(operations)), possibilities: possibilities)
  }

  /// One for each different answer, with what decides for it where that is one thing.
  private func possibilities(of items: [Item]) -> (all: [Possibility], operations: Set<Int>) {
    var groups: [(result: Answer.Result, items: [Item])] = []
    for item in items {
      if let place = groups.firstIndex(where: { $0.result == item.answer.result }) {
        groups[place].items.append(item)
      } else {
        groups.append((item.answer.result, [item]))
      }
    }
    let sets = groups.map(\.items)
    if let (operation, outcomes) = OutcomeList.decidingOperation(sets) {
      let all = zip(groups, outcomes).map { group, outcomes in
        Possibility(
          group.items[0].answer,
          if: .outcome(of: operation, outcomes.sorted { $0.order < $1.order }))
      }
      return (all, [operation])
    }
    let fact = OutcomeList.decidingFact(sets)
    let all = groups.enumerated().map { index, group in
      Possibility(group.items[0].answer, if: fact.map { .fact($0.unknown, $0.answers[index]) })
    }
    let operations = fact == nil ? OutcomeList.differingOperations(items) : []
    return (all, operations)
  }

  /// The earliest operation of which the outcome decides between sets of worlds.
  private static func decidingOperation(_ sets: [[Item]]) -> (Int, [Set<Outcome>])? {
    for operation in Set(sets.joined().flatMap(\.world.turns.keys)).sorted() {
      let outcomes = sets.map { items in
        items.map { $0.world.turns[operation] }
      }
      guard outcomes.joined().allSatisfy({ $0 != nil }) else { continue }
      let unions = outcomes.map { $0.reduce(into: Set<Outcome>()) { $0.formUnion($1 ?? []) } }
      let total = unions.reduce(0) { $0 + $1.count }
      if unions.reduce(into: Set<Outcome>(), { $0.formUnion($1) }).count == total {
        return (operation, unions)
      }
    }
    return nil
  }

  private static func decidingFact(_ sets: [[Item]]) -> (unknown: Unknown, answers: [Bool])? {
    guard sets.count == 2, let first = sets[0].first else { return nil }
    let facts = first.state.difference.settled.sorted { "\($0.key)" < "\($1.key)" }
    for (unknown, _) in facts {
      let answers = sets.map { items in Set(items.map { $0.state.difference.settled[unknown] }) }
      guard answers.allSatisfy({ $0.count == 1 }), let one = answers[0].first ?? nil,
        let other = answers[1].first ?? nil, one != other
      else { continue }
      return (unknown, [one, other])
    }
    return nil
  }

  /// Operations that did not end in the same way in all worlds.
  private static func differingOperations(_ items: [Item]) -> Set<Int> {
    Set(items.flatMap(\.world.turns.keys)).filter { operation in
      Set(items.map { $0.world.turns[operation] ?? [] }).count > 1
    }
  }
}

extension OutcomeList.Item {
  /// The first operation that ended otherwise in this world than in any expected one.
  fileprivate func decision(unlike expected: [OutcomeList.Item]) -> (Int?, [Outcome]) {
    for (operation, outcomes) in world.turns.sorted(by: { $0.key < $1.key }) {
      let others = expected.reduce(into: Set<Outcome>()) {
        $0.formUnion($1.world.turns[operation] ?? [])
      }
      if !others.isEmpty, others.isDisjoint(with: outcomes) {
        return (operation, outcomes.sorted { $0.order < $1.order })
      }
    }
    return (nil, [])
  }
}

extension Answer {
  /// What a caller sees of an answer.
  struct Result: Hashable {
    let verdict: Verdict
    let call: KernelCall?
    /// The driver that a success leaves the device with, where that is what was asked.
    let driver: DriverName?
  }

  var result: Result {
    Result(
      verdict: verdict.withoutDoubts, call: verdict == .accepted ? nil : call,
      driver: verdict == .accepted ? reason.driver : nil)
  }
}

extension Reason {
  fileprivate var driver: DriverName? {
    switch self {
    case .isBound(_, let driver), .nothingChanges(_, let driver): driver
    default: nil
    }
  }
}

extension Verdict {
  var withoutDoubts: Verdict {
    if case .undetermined = self { .undetermined([]) } else { self }
  }
}

extension Outcome {
  /// For a stable order.
  fileprivate var order: String {
    verdict.word + verdict.errnos.map(\.name).joined() + (isAsAssumed ? "0" : "1")
  }
}

extension Possibility {
  init(_ answer: Answer, if condition: Condition?) {
    self.init(
      condition: condition, verdict: answer.verdict.withoutDoubts, call: answer.call,
      reason: answer.reason)
  }
}
