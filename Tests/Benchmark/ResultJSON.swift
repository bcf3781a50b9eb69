import Reporting

/// The results for programs, every run included; ratios in millionths.
struct ResultJSON {
  let value: JSONValue

  init(_ results: [RaceResult], machine: Machine) {
    value = [
      "schema": "vfio-preflight/benchmark/2",
      "machine": [
        "cores": .integer(machine.cores), "kernel": .string(machine.kernel),
        "processor": .string(machine.processor),
      ],
      "races": .array(results.map(ResultJSON.race)),
    ]
  }

  private static func race(_ result: RaceResult) -> JSONValue {
    [
      "title": .string(result.title),
      "rounds": .integer(result.rounds),
      "commands": .array(result.series.map { command($0, peers: result.peers) }),
      "aims": .array(result.aimResults.map(aim)),
      "left_out": .array(
        result.absences.map { ["name": .string($0.name), "reason": .string($0.reason)] }),
    ]
  }

  private static func command(_ series: Series, peers: [Series]) -> JSONValue {
    let ratios = series.contestant.side == .peer ? [] : peers
    return [
      "name": .string(series.contestant.name),
      "wall_ns": .integer(Int(series.median(\.wall))),
      "user_ns": .integer(Int(series.median(\.user))),
      "system_ns": .integer(Int(series.median(\.system))),
      "peak_kib": .integer(Int(series.peak)),
      "system_calls": series.calls.map { .integer($0) } ?? .null,
      "ratios": .array(ratios.map { ratio(of: series, to: $0) }),
      "runs": .array(series.runs.map(run)),
    ]
  }

  private static func ratio(of series: Series, to peer: Series) -> JSONValue {
    [
      "peer": .string(peer.contestant.name),
      "wall_millionths": .integer(Int(series.ratio(to: peer, of: \.wall) * 1e6)),
      "cpu_millionths": .integer(Int(series.ratio(to: peer, of: \.processor) * 1e6)),
    ]
  }

  private static func aim(_ result: AimResult) -> JSONValue {
    [
      "title": .string(result.aim.title),
      "unit": .string(result.aim.unit),
      "at_most_millionths": .integer(Int(result.aim.bounds.upperBound * 1e6)),
      "figure_millionths": result.figure.map { .integer(Int($0 * 1e6)) } ?? .null,
      "verdict": .string(result.verdict.rawValue),
    ]
  }

  private static func run(_ measurement: Measurement) -> JSONValue {
    [
      "wall_ns": .integer(measurement.wall.inNanoseconds),
      "user_ns": .integer(measurement.user.inNanoseconds),
      "system_ns": .integer(measurement.system.inNanoseconds),
      "peak_kib": .integer(measurement.peakKibibytes),
    ]
  }
}
