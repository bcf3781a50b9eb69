/// The runs of one command, in the order of the rounds.
struct Series: Sendable {
  let contestant: Contestant
  var runs: [Measurement] = []
  /// System calls of one run, of all its threads and children; `nil` where they were not counted.
  var calls: Int?

  init(contestant: Contestant) {
    self.contestant = contestant
  }

  /// The median of a time, in nanoseconds.
  func median(_ quantity: (Measurement) -> Duration) -> Double {
    Series.median(runs.map { Double(quantity($0).inNanoseconds) })
  }

  /// KiB.
  var peak: Double { Series.median(runs.map { Double($0.peakKibibytes) }) }

  /// The median of the ratios of each round: what happened at about the same moment is compared.
  func ratio(to other: Series, of quantity: (Measurement) -> Duration) -> Double {
    Series.median(
      zip(runs, other.runs).map { own, peer in
        Double(quantity(own).inNanoseconds)
          / Double(max(1, quantity(peer).inNanoseconds))
      })
  }

  /// The median of the differences of each round, in nanoseconds.
  func difference(to other: Series, of quantity: (Measurement) -> Duration) -> Double {
    Series.median(
      zip(runs, other.runs).map { Double((quantity($0) - quantity($1)).inNanoseconds) })
  }

  /// The middle value, or the mean of the two in the middle; zero of none.
  private static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
