import TestSupport

/// Several commands on one tree, run in turn: A B C A B C, so that a busy moment hits all of them.
struct Race: Sendable {
  let title: String
  let contestants: [Contestant]
  let rounds: Int
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
        guard contestant.side == .peer else {
          throw Stopwatch.Failure(description: "\(contestant.name), \(title): \(failure)")
        }
        absences.append(RaceResult.Absence(name: contestant.name, reason: failure.description))
      }
    }
    for _ in 0..<rounds {
      for index in series.indices {
        series[index].runs.append(try await stopwatch.time(series[index].contestant))
      }
    }
    return RaceResult(title: title, rounds: rounds, series: series, absences: absences)
  }
}

/// What a race showed.
struct RaceResult: Sendable {
  /// A peer that did not take part.
  struct Absence: Sendable {
    let name: String
    let reason: String
  }

  let title: String
  let rounds: Int
  let series: [Series]
  let absences: [Absence]

  var peers: [Series] { series.filter { $0.contestant.side == .peer } }
}
