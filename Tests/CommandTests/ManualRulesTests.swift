import OwnershipAnalysis
import TestSupport
import Testing

/// The rules in the manual are the rules of the program; `ExplainCommandTests` has their texts.
@Suite struct ManualRulesTests {
  private static func slugs() async throws -> [String] {
    let index = try await Sample.run("explain").output
    return index.split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: " ").first.map(String.init)
    }
  }

  @Test func everyRuleHasASection() async throws {
    let parts = ManualDocument.rules.section("RULES").filter { $0.hasPrefix(".Ss ") }
      .map { ManualMarkup.mdoc.shown($0.dropFirst(4)) }
    #expect(parts.count > 1)
    #expect(try await ManualRulesTests.slugs() == parts)
  }

  /// DIAGNOSTICS leads from a message to the rule that explains it.
  @Test func diagnosticsNameRulesThatExist() async throws {
    let known = try await ManualRulesTests.slugs()
    let lines = ManualDocument.program.section("DIAGNOSTICS").filter { $0.hasPrefix(".Sy ") }
    #expect(lines.count > 10)
    for line in lines {
      let words: [Substring] = line.split(separator: " ")
      for word in words where word != ".Sy" && word.count > 1 {
        #expect(known.contains(ManualMarkup.mdoc.shown(word)), "\(word)")
      }
    }
  }

  /// The message of each entry leads to the rules that the entry names.
  @Test func diagnosticsSayWhatAMessageLeadsTo() {
    var message = ""
    var entries = 0
    for line in ManualDocument.program.section("DIAGNOSTICS") {
      if line.hasPrefix(".It Li ") {
        message = ManualMarkup.mdoc.shown(line.dropFirst(7)).replacing("\\(dq", with: "").replacing(
          "\"", with: "")
        entries += 1
      } else if line.hasPrefix(".Sy "), let slug = line.split(separator: " ").dropFirst().first {
        let found = MessageSearch(message).matches.map(\.rule.slug.text)
        let named = ManualMarkup.mdoc.shown(slug)
        #expect(found.contains(named), "\(message) leads to \(found), not to \(named)")
      }
    }
    #expect(entries > 20)
  }
}
