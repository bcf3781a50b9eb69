import HostModel

/// The cells in which not everything is certain: those of factors, and those that are given up.
struct OpenCells: Sendable {
  /// What is given up: all that is known is which operations decide.
  struct Loss {
    fileprivate(set) var operations: Set<Int>
    /// The expected state holds if these went as their answers assume.
    fileprivate(set) var isAssumed: Bool
  }

  private let modelled: ModelledHost
  private var factors: [Int: Factor] = [:]
  private var factorByCell: [Cell: Int] = [:]
  private var losses: [Cell: Loss] = [:]
  private var next = 0

  init(of modelled: ModelledHost) { self.modelled = modelled }

  var isEmpty: Bool { factors.isEmpty && losses.isEmpty }

  var all: Set<Cell> { Set(factorByCell.keys).union(losses.keys) }

  func contains(_ cell: Cell) -> Bool { factorByCell[cell] != nil || losses[cell] != nil }

  /// What is given up of some cells.
  func losses(in cells: Set<Cell>) -> [Loss] { cells.compactMap { losses[$0] } }

  /// The numbers of the factors that concern some cells.
  func factors(in cells: Set<Cell>) -> Set<Int> { Set(cells.compactMap { factorByCell[$0] }) }

  subscript(factor number: Int) -> Factor? { factors[number] }

  /// Adds a factor; one with more alternatives than are followed is given up.
  mutating func add(_ factor: Factor) {
    let cells = factor.cells(in: modelled)
    guard factor.alternatives.count <= Worlds.limit else {
      let isAssumed = factor.alternatives.count(where: \.isExpected) == 1
      for cell in cells { lose(cell, factor.operations, isAssumed: isAssumed) }
      return
    }
    factors[next] = factor
    for cell in cells { factorByCell[cell] = next }
    next += 1
  }

  mutating func remove(factor number: Int) {
    guard let factor = factors.removeValue(forKey: number) else { return }
    for cell in factor.cells(in: modelled) where factorByCell[cell] == number {
      factorByCell[cell] = nil
    }
  }

  mutating func lose(_ cell: Cell, _ operations: Set<Int>, isAssumed: Bool) {
    var loss = losses[cell] ?? Loss(operations: [], isAssumed: true)
    loss.operations = Set(Worlds.first(loss.operations.union(operations)))
    loss.isAssumed = loss.isAssumed && isAssumed
    losses[cell] = loss
  }

  /// What was given up of a cell is certain again.
  mutating func regain(_ cell: Cell) { losses[cell] = nil }
}
