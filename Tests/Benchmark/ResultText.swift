import Reporting

/// A race as tables for people: medians, how many times as long as each peer it took, and the aims.
struct ResultText {
  let text: String

  init(_ result: RaceResult) {
    let absences = result.absences.map { "\($0.name): left out, \($0.reason)\n" }.joined()
    text =
      "\(result.title), median of \(result.rounds):\n" + ResultText.medians(of: result) + absences
      + ResultText.aims(result.aimResults)
  }

  private static func medians(of result: RaceResult) -> String {
    let measures = ["wall ms", "user ms", "sys ms", "peak MiB", "calls"]
    let peers = result.peers.map { Table.Column("/ " + $0.contestant.name, .right) }
    var table = Table(
      [Table.Column("command")] + measures.map { Table.Column($0, .right) } + peers)
    for series in result.series {
      var cells = [series.contestant.name]
      cells += [
        series.median(\.wall) / 1e6, series.median(\.user) / 1e6, series.median(\.system) / 1e6,
        series.peak / 1024,
      ].map(number)
      cells.append(series.calls.map(String.init) ?? "-")
      if series.contestant.side == .ours {
        cells += result.peers.map { number(series.ratio(to: $0, of: \.wall)) }
      }
      table.add(cells)
    }
    return table.text()
  }

  private static func aims(_ results: [AimResult]) -> String {
    guard !results.isEmpty else { return "" }
    var table = Table([
      Table.Column("aim"), Table.Column("figure", .right), Table.Column("at most", .right),
      Table.Column("unit"), Table.Column("verdict"),
    ])
    for result in results {
      let bounds = result.aim.bounds
      let limit = bounds.lowerBound > 0 ? number(bounds.lowerBound) + " to " : ""
      table.add([
        result.aim.title, result.figure.map(number) ?? "-", limit + number(bounds.upperBound),
        result.aim.unit, result.verdict.rawValue,
      ])
    }
    return table.text()
  }

  /// Three significant digits, or all before the point.
  static func number(_ value: Double) -> String {
    guard value >= 0 else { return "-" + number(-value) }
    var places = 0
    var magnitude = value
    while magnitude < 100, places < 4 {
      guard magnitude > 0 else { return "0" }
      magnitude *= 10
      places += 1
    }
    let scaled = Int((0..<places).reduce(value) { scaled, _ in scaled * 10 }.rounded())
    guard places > 0 else { return String(scaled) }
    let digits = String(scaled)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return padded.dropLast(places) + "." + padded.suffix(places)
  }
}
