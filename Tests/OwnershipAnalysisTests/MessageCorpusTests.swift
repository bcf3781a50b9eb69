import OwnershipAnalysis
import TestSupport
import Testing

/// Messages as programs print them, in `Fixtures/messages`, and the rules that they lead to.
@Suite struct MessageCorpusTests {
  /// A line of the corpus: who prints it since which version, the rule, and the place among the
  /// causes that the rule may have at most.
  struct Line: Sendable, CustomTestStringConvertible {
    let program: Substring
    let rule: RuleSlug?
    let rank: Int
    let text: String
    var testDescription: String { "\(program): \(text)" }
  }

  static let written = lines(of: "written.tsv")
  static let heldBack = lines(of: "held-back.tsv")
  static let reported = lines(of: "reported.tsv")
  static let all = written + heldBack + reported

  private static func lines(of file: String) -> [Line] {
    let bytes = TreeFiles.readFile(Fixture.directory + "/messages/" + file) ?? []
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count == 5, !line.hasPrefix("#") else { return nil }
      return Line(
        program: fields[0], rule: RuleSlug(rawValue: String(fields[2])),
        rank: Int(fields[3]) ?? 0, text: unescaped(fields[4]))
    }
  }

  /// `\n`, `\e` and `\\` as they are written in the files.
  private static func unescaped(_ text: Substring) -> String {
    var result = ""
    var isEscape = false
    for character in text {
      switch (isEscape, character) {
      case (false, "\\"): isEscape = true
      case (true, "n"): (result, isEscape) = (result + "\n", false)
      case (true, "e"): (result, isEscape) = (result + "\u{1b}", false)
      default: (result, isEscape) = (result + String(character), false)
      }
    }
    return result
  }

  @Test func theCorpusIsWhole() {
    #expect(Self.all.count > 300)
    for line in Self.all {
      #expect(line.rule != nil || line.program == "unknown", "\(line.text)")
      #expect(line.rank > 0)
    }
  }

  @Test(arguments: all)
  func everyMessageLeadsToItsRule(line: Line) {
    let found = MessageSearch(line.text).matches.map(\.rule.slug)
    guard let rule = line.rule else {
      #expect(found.isEmpty)
      return
    }
    #expect(found.prefix(line.rank).contains(rule), "\(found)")
  }
}
