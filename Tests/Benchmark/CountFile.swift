import Reporting

/// The file that counts are kept in, a row a run.
extension Counts {
  private static let heading = """
    # What fixed runs of the program cost, counted and not timed: instructions of the program's own
    # file, and system calls but those for memory and for waiting. .ci/run fails when one rises by
    # more than 3 %. To accept a rise, or to keep what was gained, renew the file and say why in the
    # commit:
    #
    #   .ci/build-release && swift run Benchmark count --renew
    #
    # Made with:
    """
  private static let maker = "#   "
  /// Between a row's name and its counts.
  private static let gap = "  "

  var fileText: String {
    var table = Table([
      Table.Column("run"), Table.Column("instructions", .right),
      Table.Column("system calls", .right),
    ])
    for row in rows {
      table.add([
        row.name, String(row.instructions),
        row.isWhole ? String(row.calls / 100) : Counts.decimal(row.calls),
      ])
    }
    return "\(Counts.heading)\n\(Counts.maker)\(toolchain.text)\n\n" + table.text()
  }

  /// Fails for a file that is not as `fileText` writes it.
  init?(fileText: String) {
    let lines = fileText.split(separator: "\n")
    let made = lines.last { $0.hasPrefix(Counts.maker) }
    guard let toolchain = made.flatMap({ Toolchain(text: $0.dropFirst(Counts.maker.count)) })
    else { return nil }
    var rows: [Row] = []
    for line in lines where !line.hasPrefix("#") && !line.hasPrefix("run ") {
      guard let row = Counts.row(line) else { return nil }
      rows.append(row)
    }
    self.init(toolchain: toolchain, rows: rows)
  }

  private static func row(_ line: Substring) -> Row? {
    let words = line.split(separator: " ")
    guard words.count > 2, let name = line.firstRange(of: gap)?.lowerBound,
      let instructions = Int(words[words.count - 2]), let calls = hundredths(words[words.count - 1])
    else { return nil }
    return Row(
      name: String(line[..<name]), isWhole: !words[words.count - 1].contains("."),
      instructions: instructions, calls: calls)
  }

  /// Hundredths as a number with two places.
  static func decimal(_ hundredths: Int) -> String {
    let places = String(abs(hundredths) % 100)
    return (hundredths < 0 ? "-" : "") + "\(abs(hundredths) / 100)."
      + String(repeating: "0", count: 2 - places.count) + places
  }

  private static func hundredths(_ text: Substring) -> Int? {
    let parts = text.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first.flatMap({ Int($0) }) else { return nil }
    guard parts.count == 2 else { return whole * 100 }
    guard parts[1].count == 2, let places = Int(parts[1]) else { return nil }
    return whole * 100 + (text.hasPrefix("-") ? -places : places)
  }
}
