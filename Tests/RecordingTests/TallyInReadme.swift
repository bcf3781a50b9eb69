import TestSupport

/// The table in the README, between two comments that are not displayed.
enum TallyInReadme {
  private static let path = Fixture.packageDirectory + "/README.md"
  private static let opening = "<!-- tally of the recordings -->"
  private static let closing = "<!-- end of the tally -->"

  struct NoPlace: Error, CustomStringConvertible {
    let description = "README.md has no place for the tally"
  }

  /// Fails when the README says otherwise.
  static func expect(_ table: TallyTable) throws {
    var lines = TextFile.lines(of: path).map(String.init)
    guard let start = lines.firstIndex(of: opening),
      let end = lines[start...].firstIndex(of: closing)
    else { throw NoPlace() }
    lines.replaceSubrange((start + 1)..<end, with: [""] + table.lines + [""])
    try expectGolden(lines.joined(separator: "\n"), at: path)
  }
}
