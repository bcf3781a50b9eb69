import HashTreeCollections
import HostModel

/// Everything that one operation can come to, in some worlds.
struct OutcomeList {
  struct Item {
    let transition: Transition
    /// The world before, and how it came about.
    let world: World
    /// Nothing is otherwise than the answer to this operation takes for granted.
    let isAsAssumed: Bool
    /// The model knows no state after it.
    let isOpen: Bool

    var isExpected: Bool { world.isExpected && isAsAssumed }
    var answer: Answer { transition.answer }
    var state: KernelState { transition.state }
  }

  /// Expected ones first.
  private(set) var outcomes: [Item] = []
  /// Parts that were written before the operation: what worlds take for true or false.
  private var settled: [StatePart] = []
  /// Answers that left open what other worlds then took for true or false.
  private(set) var forks: [Answer] = []

  init(of operation: Operation, in worlds: [World], _ bulk: inout BulkAnswers) {
    for world in worlds {
      let state = world.state.untouched
      add(operation, in: world, from: state, bulk.apply(operation, to: state), &bulk)
    }
    sort()
  }

  /// - Parameter transition: what the model says of the operation in the one state that is possible.
  init(
    of operation: Operation, from state: KernelState, _ transition: Transition,
    _ bulk: inout BulkAnswers
  ) {
    add(operation, in: World(state: state), from: state.untouched, transition, &bulk)
    sort()
  }

  private mutating func sort() {
    guard outcomes.count > 1 else { return }
    outcomes = outcomes.filter(\.isExpected) + outcomes.filter { !$0.isExpected }
  }

  /// Parts that one of them wrote.
  var written: [StatePart] { settled + outcomes.flatMap(\.state.written) }

  /// Some outcome leaves more open than can be followed.
  var isOpen: Bool { outcomes.contains(where: \.isOpen) }

  /// Only outcomes do that in which something was not as an answer took for granted.
  var isOpenUnexpectedly: Bool { isOpen && !outcomes.contains { $0.isOpen && $0.isExpected } }

  private mutating func add(
    _ operation: Operation, in world: World, from state: KernelState, _ transition: Transition,
    _ bulk: inout BulkAnswers
  ) {
    var left = [(state: state, transition: transition)]
    var asked = 0
    while let (state, transition) = left.popLast() {
      let meant = operation.resolved(in: state)
      let doubts = transition.answer.verdict.doubts
      asked += 1
      if asked + left.count < Worlds.limit, let doubt = doubts.first,
        let states = state.possibilities(doubt, for: meant)
      {
        forks.append(transition.answer)
        left += states.reversed().map { ($0, bulk.apply(operation, to: $0)) }
        continue
      }
      settled += state.written
      let known = transition.withOpenErrno
      let open = known.answer.verdict.doubts
      outcomes.append(
        Item(
          transition: known, world: world, isAsAssumed: true,
          isOpen: !open.isEmpty && open != [.kernelCrashed]))
      for other in transition.otherOutcomes(of: meant, from: state) {
        outcomes.append(Item(transition: other, world: world, isAsAssumed: false, isOpen: false))
      }
    }
  }

  func cells(in modelled: ModelledHost) -> Set<Cell> {
    var cells: Set<Cell> = []
    for part in Set(written) {
      for outcome in outcomes {
        cells.formUnion(modelled.cells(of: part, outcome.world.state.value(of: part)))
        cells.formUnion(modelled.cells(of: part, outcome.state.value(of: part)))
      }
    }
    return cells
  }

  // MARK: The worlds after

  /// - Parameter operation: the number of this one, from 1.
  func worlds(after operation: Int) -> [World] {
    let isTold = Set(outcomes.map(\.ending)).count > 1
    return outcomes.map { outcome in
      var world = outcome.world
      world.state = outcome.state
      world.isExpected = outcome.isExpected
      if isTold { world.turns[operation] = [outcome.ending] }
      return world
    }
  }
}

extension OutcomeList.Item {
  fileprivate var ending: Outcome {
    Outcome(verdict: answer.verdict.withoutDoubts, isAsAssumed: isAsAssumed)
  }
}

extension Transition {
  /// A refusal of which only the errno is not known is a refusal.
  fileprivate var withOpenErrno: Transition {
    let errnos: [ErrorNumber]
    switch (answer.verdict, answer.reason) {
    case (.undetermined, .doubt(.errnoByKernel(_, let errno))): errnos = [.noSuchDevice, errno]
    case (.undetermined, .doubt(.kindOfUseUnseen)): errnos = [.busy, .operationNotPermitted]
    case (.refused, .doubt(.foreignDevice)): errnos = []  // The driver's own: ENODEV, EIO, EINVAL.
    default: return self
    }
    return Transition(
      Answer(
        verdict: .refusedWithOneOf(errnos), call: answer.call, rule: answer.rule,
        reason: answer.reason, dependsOn: answer.dependsOn, effects: answer.effects), state)
  }
}
