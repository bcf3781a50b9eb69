/// Whether user space could open the group now.
package enum Viability: Sendable, Equatable {
  case viable
  /// What stands in the way, in the order in which the kernel tests it.
  case notViable([Obstacle])
  /// What cannot be seen and decides.
  case undetermined([Doubt])

  package var word: String {
    switch self {
    case .viable: "viable"
    case .notViable: "not-viable"
    case .undetermined: "undetermined"
    }
  }

  package var doubts: [Doubt] {
    if case .undetermined(let doubts) = self { doubts } else { [] }
  }

  package var obstacles: [Obstacle] {
    if case .notViable(let obstacles) = self { obstacles } else { [] }
  }
}
