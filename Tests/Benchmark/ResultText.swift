import Reporting

/// A race as a table for people: medians, and how many times as long as each peer it took.
struct ResultText {
  let text: String

  init(_ result: RaceResult) {
    let measures = ["wall ms", "CPU ms", "peak MiB"].map { Table.Column($0, .right) }
    let peers = result.peers.map { Table.Column("/ " + $0.contestant.name, .right) }
    var table = Table([Table.Column("command")] + measures + peers)
    for series in result.series {
      var cells = [
        series.contestant.name, ResultText.number(series.wall / 1e6),
        ResultText.number(series.processor / 1e6), ResultText.number(series.peak / 1024),
      ]
      if series.contestant.side == .ours {
        cells += result.peers.map { ResultText.number(series.ratio(to: $0, of: \.wall)) }
      }
      table.add(cells)
    }
    let absences = result.absences.map { "\($0.name): left out, \($0.reason)\n" }.joined()
    text = "\(result.title), median of \(result.rounds):\n" + table.text() + absences
  }

  /// Three significant digits, or all before the point.
  static func number(_ value: Double) -> String {
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
