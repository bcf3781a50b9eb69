import TestSupport
import Testing

struct ExplainCommandTests {
  private static let manual = Fixture.packageDirectory + "/man/vfio-preflight-rules.7"

  @Test func everyRuleHasAPage() async throws {
    let index = try await Sample.run("explain")
    #expect(index.status == 0)
    let slugs = index.output.split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: " ").first.map(String.init)
    }
    #expect(slugs.contains("mixed-group"))
    for slug in slugs {
      let page = try await Sample.run("explain", slug)
      #expect(page.status == 0)
      #expect(page.output.hasPrefix("\(slug): "))
    }
  }

  @Test func theManualIsWhatExplainWrites() async throws {
    let outcome = try await Sample.run("explain", "--format", "man")
    try expectGolden(outcome.output, at: ExplainCommandTests.manual)
  }

  @Test(.enabled(if: Machine.hasMandoc, "mandoc is not installed"))
  func theManualIsCleanMdoc() async throws {
    let lint = try await Program(named: "mandoc").run([
      "-T", "lint", "-W", "style", ExplainCommandTests.manual,
    ])
    // Pages of this package are not installed where the tests run.
    let complaints = lint.output.split(separator: "\n").filter {
      !$0.contains("referenced manual not found")
    }
    #expect(complaints.isEmpty)
  }
}
