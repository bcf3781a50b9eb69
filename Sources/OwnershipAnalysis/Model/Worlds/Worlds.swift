import HostModel

/// The states that are possible, as far as operations and what can be seen of the host decide.
///
/// An operation of which the answer is not certain, or that takes something for granted, leaves more
/// than one. Each later operation is applied to all of them: its answer is certain where they agree,
/// and names the operations that decide where they do not. What touches nothing uncertain costs the
/// same as in the model alone.
package struct Worlds: Sendable {
  /// How many worlds an operation is applied to. Beyond that, what they differ in is given up.
  static let limit = 16

  let modelled: ModelledHost
  /// The state in which everything is so that was taken for granted; of several the first.
  package private(set) var expected: KernelState
  private var open: OpenCells
  private var sweeps: [Sweep] = []
  /// More was loaded and unloaded than is followed: every device may be on another driver.
  private var isSwamped = false
  private var applied = 0
  private var bulk = BulkAnswers()

  package init(_ state: KernelState) {
    modelled = state.modelled
    expected = state
    open = OpenCells(of: state.modelled)
  }

  /// Cells in which not everything is certain, as far as sweeps are worked out by now.
  var openCells: Set<Cell> { open.all }

  private var isCertain: Bool { !isSwamped && open.isEmpty && sweeps.isEmpty }

  // MARK: Applying

  /// The kernel's answer to the next operation of the sequence.
  package mutating func apply(_ operation: Operation) -> Answer {
    applied += 1
    guard !isCertain else {
      let transition = bulk.apply(operation, to: expected)
      if take(transition, of: operation) { return transition.answer }
      return end(operation, OutcomeList(of: operation, from: expected, transition, &bulk), [])
    }
    let operation = operation.held(by: freshName)
    let cells = cells(of: operation)
    guard !isSwamped, !cells.contains(where: isOpen) else { return applyToAll(operation, cells) }
    let transition = bulk.apply(operation, to: expected)
    if take(transition, of: operation) { return transition.answer }
    return applyToAll(operation, cells)
  }

  /// Whether something of the cell is not certain.
  private func isOpen(_ cell: Cell) -> Bool {
    open.contains(cell) || sweeps.contains { $0.mayConcern(cell) }
  }

  /// Goes on to the state after an operation that touches nothing uncertain and leaves nothing so.
  ///
  /// - Returns: whether it is such an operation; if not, nothing has happened.
  private mutating func take(_ transition: Transition, of operation: Operation) -> Bool {
    let answer = transition.answer
    guard answer.verdict.doubts.isEmpty, answer.dependsOn.isEmpty,
      answer.ended.allSatisfy(\.dependsOn.isEmpty)
    else { return false }
    if operation.isBulk {
      guard sweeps.isEmpty else { return false }
    } else if !isCertain {
      for part in transition.state.written {
        let value = transition.state.value(of: part)
        guard !modelled.cells(of: part, value).contains(where: isOpen) else { return false }
      }
    }
    expected = transition.state
    return true
  }

  private mutating func applyToAll(_ operation: Operation, _ cells: Set<Cell>) -> Answer {
    var cells = cells
    var ids: Set<Int> = []
    var swept: [SweptDevice] = []
    while true {
      ids.formUnion(open.factors(in: cells))
      for id in ids { cells.formUnion(open[factor: id]?.cells(in: modelled) ?? []) }
      swept += takeSwept(in: cells)
      let losses = open.losses(in: cells)
      guard !isSwamped, losses.allSatisfy(\.isAssumed), let worlds = worlds(of: ids, swept) else {
        return giveUp(operation, cells, ids)
      }
      let list = OutcomeList(of: operation, in: worlds, &bulk)
      guard list.outcomes.count <= Worlds.limit * 2 else { return giveUp(operation, cells, ids) }
      // The cells of operations on all devices of a driver are known beforehand.
      let written = operation.isBulk ? [] : list.cells(in: modelled)
      guard written.isSubset(of: cells) else {
        cells.formUnion(written)
        continue
      }
      return end(
        operation, list, ids, swept: swept.map { .device($0.device.path) },
        assuming: losses.reduce(into: Set()) { $0.formUnion($1.operations) }, cells)
    }
  }

  /// A name that no world has a holder of.
  private var freshName: HolderName {
    var holds = expected.difference.holds
    while open.contains(.holder(holds.freshName)) {
      holds.add(node: GroupNumber(0), to: holds.freshName)
    }
    return holds.freshName
  }

  /// A device that an operation on all devices of a driver left open.
  private typealias SweptDevice = (sweep: Sweep, device: Device)

  /// Those of some cells; each is found once.
  private mutating func takeSwept(in cells: Set<Cell>) -> [SweptDevice] {
    var swept: [SweptDevice] = []
    for index in sweeps.indices {
      let sweep = sweeps[index]
      let devices = sweeps[index].devices(in: cells)
      guard sweep.drivers.isEmpty else {
        swept += devices.map { (sweep, $0) }
        continue
      }
      for device in devices {
        open.lose(modelled.cell(of: device.path), [sweep.operation], isAssumed: true)
      }
    }
    return swept
  }

  /// The product of some factors, with what sweeps left open; `nil` when that is too much.
  private func worlds(of ids: Set<Int>, _ swept: [SweptDevice]) -> [World]? {
    var worlds = [World(state: expected)]
    for id in ids.sorted() {
      worlds = open[factor: id]?.multiply(worlds) ?? worlds
      guard worlds.count <= Worlds.limit else { return nil }
    }
    for (sweep, device) in swept {
      worlds = worlds.flatMap { sweep.split($0, by: device) }
      guard worlds.count <= Worlds.limit else { return nil }
    }
    return worlds.filter(\.isExpected) + worlds.filter { !$0.isExpected }
  }

  // MARK: Asking

  /// What is possible as far as a device is concerned.
  func possible(for device: Device) -> PossibleWorlds {
    possible(in: modelled.cell(of: device.path))
  }

  func possible(for group: IOMMUGroup) -> PossibleWorlds { possible(in: .group(group.number)) }

  private func possible(in cell: Cell) -> PossibleWorlds {
    guard isSwamped || isOpen(cell) else {
      return PossibleWorlds(worlds: [World(state: expected)], isMore: false)
    }
    var copy = self
    let swept = copy.takeSwept(in: [cell])
    let losses = copy.open.losses(in: [cell])
    guard !isSwamped, losses.allSatisfy(\.isAssumed),
      let worlds = copy.worlds(of: copy.open.factors(in: [cell]), swept)
    else {
      return PossibleWorlds(worlds: [], isMore: true)
    }
    return PossibleWorlds(worlds: worlds, isMore: !losses.isEmpty)
  }

  // MARK: Ending

  private mutating func end(
    _ operation: Operation, _ list: OutcomeList, _ ids: Set<Int>, swept: [StatePart] = [],
    assuming lost: Set<Int> = [], _ cells: Set<Cell> = []
  ) -> Answer {
    let answer = list.answer(restingOn: lost)
    let before = expected
    let worlds = list.worlds(after: applied)
    expected = worlds[0].state
    if worlds.count > 1 {
      let parts = ids.sorted().flatMap { open[factor: $0]?.parts ?? [] } + swept + list.written
      for id in ids { open.remove(factor: id) }
      let (state, factor) = worlds.factored(by: parts.unique)
      expected = state
      if let factor { open.add(factor) }
    }
    if !lost.isEmpty, !operation.isBulk {
      for cell in list.cells(in: modelled) where cell.isLasting {
        open.lose(cell, lost, isAssumed: true)
      }
    }
    if list.isOpen {
      let cells = cells.isEmpty ? self.cells(of: operation) : cells
      // Where all is as assumed, the state is known.
      let isAssumed = list.isOpenUnexpectedly
      let operations = isAssumed ? Set(answer.restsOn) : []
      for cell in cells where cell.isLasting {
        open.lose(cell, operations.union([applied]), isAssumed: isAssumed)
      }
    }
    lose(ended: list)
    if operation.isBulk { sweep(operation, list, before) }
    return answer
  }

  /// What an operation did that had waited rests on something, and is not followed further.
  private mutating func lose(ended list: OutcomeList) {
    for ended in list.outcomes.flatMap(\.transition.answer.ended) where !ended.dependsOn.isEmpty {
      guard let path = ended.operation.resolved(in: expected).device else { continue }
      let isAssumed = ended.verdict.doubts.isEmpty
      for cell in modelled.cells(with: path) { open.lose(cell, [applied], isAssumed: isAssumed) }
    }
  }

  /// The answer where too much is open.
  private mutating func giveUp(
    _ operation: Operation, _ cells: Set<Cell>, _ ids: Set<Int>
  ) -> Answer {
    var operations: Set<Int> = []
    for id in ids {
      operations.formUnion(open[factor: id]?.operations ?? [])
      open.remove(factor: id)
    }
    for loss in open.losses(in: cells) { operations.formUnion(loss.operations) }
    if operations.isEmpty { operations.formUnion(sweeps.map(\.operation)) }
    for cell in cells where cell.isLasting {
      open.lose(cell, operations.union([applied]), isAssumed: false)
    }
    let doubt = Doubt.outcomes(of: Worlds.first(operations))
    return Answer(
      verdict: .undetermined([doubt]), call: operation.call, rule: nil, reason: .doubt(doubt),
      dependsOn: [], effects: [], restsOn: Worlds.first(operations))
  }

  /// As many as a person reads.
  static func first(_ operations: Set<Int>) -> [Int] { Array(operations.sorted().prefix(8)) }

  /// What a driver's devices did is left open, where the answer rests on anything at all; of one
  /// driver only the last time counts.
  private mutating func sweep(
    _ operation: Operation, _ list: OutcomeList, _ before: KernelState
  ) {
    let operation = operation.resolved(in: before)
    let drivers = expected.drivers(of: operation)
    guard !drivers.isEmpty else {
      if list.isOpen, operation.mayBind { add(Sweep(applied, before, expected, drivers)) }
      return
    }
    guard let outcome = list.outcomes.first(where: { $0.answer.verdict == .accepted }) else {
      return
    }
    let earlier = sweeps.first { $0.drivers == drivers }
    sweeps.removeAll { Set($0.drivers).isSubset(of: drivers) }
    if case .modprobe = operation { for driver in drivers { open.regain(.driver(driver)) } }
    guard !outcome.answer.dependsOn.isEmpty else { return }
    if outcome.answer.dependsOn.contains(where: \.concernsDriver) {
      for driver in drivers { open.lose(.driver(driver), [applied], isAssumed: true) }
    }
    var start = before
    if case .newID = operation, let earlier { start = earlier.before }
    add(Sweep(applied, start, outcome.state, drivers))
  }

  /// Of more than a person would load, the oldest are given up.
  private mutating func add(_ sweep: Sweep) {
    sweeps.append(sweep)
    guard sweeps.count > Worlds.limit else { return }
    let oldest = sweeps.removeFirst()
    for driver in oldest.drivers {
      open.lose(.driver(driver), [oldest.operation], isAssumed: true)
    }
    isSwamped = true
  }
}

extension Cell {
  /// Whether operations change it: the configuration stays as it is.
  fileprivate var isLasting: Bool {
    switch self {
    case .group, .device, .holder, .driver, .bus: true
    case .configuration, .kernel: false
    }
  }
}
