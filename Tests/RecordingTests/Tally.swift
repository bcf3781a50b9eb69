/// How many recorded steps the model answers like the kernel.
struct Tally: Sendable {
  private(set) var recordings = 0
  private(set) var sequences = 0
  private(set) var agreed = 0
  private(set) var undetermined = 0
  private(set) var wrong = 0
  private(set) var opened = 0
  private(set) var openedAsJudged = 0

  var steps: Int { agreed + undetermined + wrong }

  mutating func add(_ replayed: ReplayedRecording) {
    recordings += 1
    sequences += replayed.sequences
    for outcome in replayed.outcomes {
      switch outcome.judgement {
      case .agreed: agreed += 1
      case .undetermined: undetermined += 1
      case .wrong: wrong += 1
      }
    }
    opened += replayed.openings.count
    openedAsJudged += replayed.openings.count { $0.agreement == .agreed }
  }
}

/// The tally per kernel, as it stands in the README.
struct TallyTable {
  private static let titles = [
    "kernel", "topologies", "sequences", "steps", "agreed", "undetermined", "wrong",
    "opened groups", "as the audit says",
  ]

  let lines: [String]

  init(_ replayed: [ReplayedRecording]) {
    var kernels: [(name: String, tally: Tally)] = []
    var total = Tally()
    for recording in replayed {
      let name = recording.recording.kernel
      if kernels.last?.name != name { kernels.append((name, Tally())) }
      kernels[kernels.count - 1].tally.add(recording)
      total.add(recording)
    }
    let rows = (kernels + [("all", total)]).map { Self.cells($0.name, $0.tally) }
    let rule = Self.titles.indices.map { $0 == 0 ? "---" : "---:" }
    lines = ([Self.titles, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
  }

  private static func cells(_ name: String, _ tally: Tally) -> [String] {
    [
      name, "\(tally.recordings)", "\(tally.sequences)", "\(tally.steps)",
      share(tally.agreed, of: tally.steps), share(tally.undetermined, of: tally.steps),
      share(tally.wrong, of: tally.steps), "\(tally.opened)", "\(tally.openedAsJudged)",
    ]
  }

  /// `98 (1.50 %)`, rounded half up; whole numbers need no floating point.
  private static func share(_ count: Int, of all: Int) -> String {
    guard all > 0, count > 0 else { return "\(count)" }
    let hundredths = (count * 20_000 + all) / (2 * all)
    let fraction = hundredths % 100
    return "\(count) (\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) %)"
  }
}
