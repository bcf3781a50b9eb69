import TestSupport
import Testing

/// What `diff` says of hosts before and after, beside them in `Fixtures/diffs/NAME`.
struct DiffFixtureTests {
  @Test(arguments: DiffScenario.all)
  func theComparisonMatchesItsGoldenFile(scenario: DiffScenario) async throws {
    let directory = Fixture.directory + "/diffs/\(scenario)"
    let hosts = [directory + "/old.snapshot", directory + "/new.snapshot"]
    let text = try await Sample.run(["diff"] + hosts)
    #expect(text.status == scenario.status)
    #expect(text.errors.isEmpty)
    try expectGolden(text.output, at: directory + "/expected.text")
    let json = try await Sample.run(["diff", "--json"] + hosts)
    #expect(json.status == scenario.status)
    try expectGolden(json.output, at: directory + "/expected.json")
    let quiet = try await Sample.run(["diff", "-q"] + hosts)
    #expect(quiet.status == scenario.status)
    #expect(quiet.output.isEmpty)
  }
}
