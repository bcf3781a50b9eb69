import TestSupport

/// Several commands on one tree, run in turn: A B C A B C, so that a busy moment hits all of them.
struct Race: Sendable {
  let title: String
  let contestants: [Contestant]
  let rounds: Int
  var aims: [Aim] = []
  /// Whether the system calls of each command are counted, which takes ten times as long as a run.
  var countsCalls = true
  /// Holds the tree, which goes when the race is over.
  let directory: TemporaryDirectory

  func run(with stopwatch: Stopwatch) async throws -> RaceResult {
    var series: [Series] = []
    var absences: [RaceResult.Absence] = []
    // The first round warms caches and finds out who can take part.
    for contestant in contestants {
      do {
        _ = try await stopwatch.time(contestant)
        series.append(Series(contestant: contestant))
      } catch let failure as Stopwatch.Failure {
        absences.append(
          RaceResult.Absence(
            name: contestant.name, side: contestant.side, reason: failure.description,
            isLate: failure.isLate))
      }
    }
    for _ in 0..<rounds {
      for index in series.indices {
        series[index].runs.append(try await stopwatch.time(series[index].contestant))
      }
    }
    if countsCalls {
      for index in series.indices {
        series[index].calls = try await CallCounter.count(series[index].contestant.command)
      }
    }
    return RaceResult(
      title: title, rounds: rounds, series: series, absences: absences, aims: aims)
  }
}

/// What a race showed.
struct RaceResult: Sendable {
  /// A command that did not take part.
  struct Absence: Sendable {
    let name: String
    let side: Contestant.Side
    let reason: String
    let isLate: Bool
  }

  /// Two commands that took part.
  struct Pair {
    let first: Series
    let second: Series

    func ratio(_ quantity: (Measurement) -> Duration) -> Double {
      first.ratio(to: second, of: quantity)
    }
  }

  let title: String
  let rounds: Int
  let series: [Series]
  let absences: [Absence]
  let aims: [Aim]

  var peers: [Series] { series.filter { $0.contestant.side == .peer } }
  /// Whether the program itself gave no answer, in whatever time.
  var isBroken: Bool { absences.contains { $0.side == .ours && !$0.isLate } }
  var aimResults: [AimResult] { aims.map { AimResult($0, in: self) } }

  subscript(name: String) -> Series? {
    series.first { $0.contestant.name == name }
  }

  func pair(_ first: String, _ second: String) -> Pair? {
    guard let first = self[first], let second = self[second] else { return nil }
    return Pair(first: first, second: second)
  }
}
