import HostModel

/// One of the ways in which the kernel's state can be.
struct World: Sendable {
  var state: KernelState
  /// How operations of the sequence, counted from 1, ended in it: only where that tells worlds apart.
  /// Several ways where worlds met again in one state.
  var turns: [Int: Set<Outcome>] = [:]
  /// Everything was so that an answer took for granted.
  var isExpected = true

  /// Both are one from now on: nothing that can be asked tells them apart.
  mutating func merge(_ other: World) {
    isExpected = isExpected || other.isExpected
    turns = turns.merging(other.turns) { $0.union($1) }.filter { other.turns[$0.key] != nil }
  }
}

/// Parts of the state that are not certain, apart from all others: what is possible together.
///
/// The worlds of a host are the product of its factors, which is never written down.
struct Factor: Sendable {
  struct Alternative: Sendable {
    /// Of each part, in the order of ``Factor/parts``.
    let values: [StateValue]
    let turns: [Int: Set<Outcome>]
    let isExpected: Bool
  }

  let parts: [StatePart]
  /// At least two; the first is what the expected state holds.
  let alternatives: [Alternative]

  /// Each world with each alternative.
  ///
  /// - Parameter worlds: in which the parts are as in the first alternative.
  func multiply(_ worlds: [World]) -> [World] {
    worlds.flatMap { world in alternatives.indices.map { apply($0, to: world) } }
  }

  private func apply(_ index: Int, to world: World) -> World {
    let alternative = alternatives[index]
    var world = world
    if index > 0 {
      for (part, value) in zip(parts, alternative.values) { world.state.set(part, to: value) }
    }
    world.turns.merge(alternative.turns) { $0.union($1) }
    world.isExpected = world.isExpected && alternative.isExpected
    return world
  }

  /// Every cell that one of the alternatives concerns.
  func cells(in modelled: ModelledHost) -> Set<Cell> {
    var cells: Set<Cell> = []
    for alternative in alternatives {
      for (part, value) in zip(parts, alternative.values) {
        cells.formUnion(modelled.cells(of: part, value))
      }
    }
    return cells
  }

  /// The operations that told the alternatives apart.
  var operations: Set<Int> { Set(alternatives.flatMap(\.turns.keys)) }
}

extension Array where Element == World {
  /// Those that are the same made one, with what still tells them apart; `nil` where nothing does.
  ///
  /// Expected ones come first, here and in the result.
  ///
  /// - Parameter parts: all that can differ.
  func factored(by parts: [StatePart]) -> (expected: KernelState, factor: Factor?) {
    // What a world takes for true matters only where something follows from it.
    let facts = parts.filter(\.isUnknown)
    let merged = merged(by: differing(parts.filter { !$0.isUnknown }), facts)
    let parts = merged.differing(parts)
    guard merged.count > 1 else { return (merged[0].state, nil) }
    let alternatives = merged.map { world in
      Factor.Alternative(
        values: parts.map(world.state.value), turns: world.turns, isExpected: world.isExpected)
    }
    return (merged[0].state, Factor(parts: parts, alternatives: alternatives))
  }

  private func differing(_ parts: [StatePart]) -> [StatePart] {
    parts.filter { part in
      let first = self[0].state.value(of: part)
      return dropFirst().contains { $0.state.value(of: part) != first }
    }
  }

  private func merged(by parts: [StatePart], _ facts: [StatePart]) -> [World] {
    var merged: [World] = []
    var places: [[StateValue]: Int] = [:]
    for world in self {
      let values = parts.map(world.state.value)
      guard let place = places[values] else {
        places[values] = merged.count
        merged.append(world)
        continue
      }
      merged[place].merge(world)
      for fact in facts where merged[place].state.value(of: fact) != world.state.value(of: fact) {
        merged[place].state.set(fact, to: .unknown(nil))
      }
    }
    return merged
  }
}

extension StatePart {
  fileprivate var isUnknown: Bool {
    if case .unknown = self { true } else { false }
  }
}
