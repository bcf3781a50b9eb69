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
}
