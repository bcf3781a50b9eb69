import OwnershipAnalysis
import TestSupport
import Testing

/// The rules that only predictions lead to, on lists of operations for the example tree.
struct PredictionFixtureTests {
  private static let rules = RuleCatalogue.all.filter { $0.use == .predictions }.map(\.slug.text)

  private static let names = rules.flatMap { ["\($0).firing", "\($0).silent"] }

  @Test(arguments: names)
  func theAnswersMatchTheirGoldenFile(name: String) async throws {
    let directory = Fixture.directory + "/predictions/"
    let outcome = try await Sample.run(
      "predict", "-s", Fixture.directory + "/trees/example", "-f", directory + name + ".operations")
    let rule = String(name.prefix { $0 != "." })
    #expect(outcome.output.contains("[\(rule)]") == name.hasSuffix(".firing"))
    #expect(outcome.status == (name.hasSuffix(".firing") ? 2 : 0))
    try expectGolden(outcome.output, at: directory + name + ".answers")
  }
}
