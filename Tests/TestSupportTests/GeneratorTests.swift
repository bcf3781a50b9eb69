import TestSupport
import Testing

@Suite("The fixture generator")
struct GeneratorTests {
  @Test("writes the fixtures of the repository, byte for byte")
  func upToDate() async throws {
    let directory = try TemporaryDirectory()
    let generator = try await Program.product("FixtureGenerator").run([directory.path])
    #expect(generator.status == 0, "\(generator.errors)")
    let comparison = try await Program(named: "diff").run(
      ["--recursive", "--brief", "--no-dereference", directory.path, Fixture.directory],
      environment: ["LC_ALL": "C"])
    // What lies beside them, such as expected output, is not the generator's.
    let beside = "Only in \(Fixture.directory)"
    let differences = comparison.output.split(separator: "\n").filter { !$0.hasPrefix(beside) }
    #expect(differences.isEmpty, "run swift run FixtureGenerator")
  }

  @Test("refuses an option and asks for a directory")
  func usage() async throws {
    let outcome = try await Program.product("FixtureGenerator").run(["--help"])
    #expect(outcome.status == 0)
    #expect(outcome.output == "usage: FixtureGenerator [DIRECTORY]\n")
  }

  @Test("makes whole machines, a pair for each rule, and trees")
  func kinds() {
    #expect(Fixture.hosts.count >= 18)
    #expect(Fixture.rules.count == RuleScenario.all.count)
    #expect(Fixture.trees.map(\.name).contains("example"))
  }
}
