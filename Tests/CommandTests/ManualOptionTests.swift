import TestSupport
import Testing

/// The page names what the program takes, and the program takes what the page names.
@Suite struct ManualOptionTests {
  @Test(arguments: ["audit", "list", "check", "predict", "snapshot", "diff", "explain"])
  func thePageHasTheOptionsOfTheCommand(command: String) async throws {
    let help = try await Sample.run([command, "--help"]).output
    let offered = help.split(separator: "\n").flatMap(ManualOptionTests.names(inHelpLine:))
    let documented = ManualOptionTests.options(ofCommand: command)
    #expect(offered.count > 2)
    #expect(Set(offered) == Set(documented))
    #expect(documented.count == Set(documented).count, "an option is told twice")
  }

  @Test func thePageHasTheCommands() async throws {
    let help = try await Sample.run(["--help"]).output
    let offered = help.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }.dropFirst()
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.hasPrefix("  See ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(offered.count > 1)
    #expect(offered == ManualDocument.program.subcommands)
  }

  /// The help of `predict` lists the operations in one sentence.
  @Test func thePageHasTheOperationsInTheirOrder() async throws {
    let help = try await Sample.run("predict", "--help").output
    let documented = ManualDocument.program.section("OPERATIONS")
      .filter { $0.hasPrefix(".It Cm ") }.compactMap { $0.split(separator: " ").dropFirst(2).first }
    let words = help.split { !$0.isLetter && $0 != "-" }
    #expect(documented.count > 1)
    #expect(words.filter { documented.contains($0) }.prefix(documented.count) == documented[...])
  }

  @Test func thePageHasTheColumnsInTheirOrder() async throws {
    let arguments = ["list", "--list-columns", "--noheadings"]
    let table = try await Sample.run(arguments).output
    let offered = table.split(separator: "\n").compactMap { $0.split(separator: " ").first }
    let documented = ManualDocument.program.section("COLUMNS").filter { $0.hasPrefix(".It Cm ") }
      .map { $0.dropFirst(7) }
    #expect(offered.count > 1)
    #expect(offered == documented)
  }

  /// The page says which columns `list` prints unasked.
  @Test func thePageHasTheDefaultColumns() async throws {
    let host = Fixture.host("gpu-audio-mixed-group")
    let table = try await Sample.run(["list", "--sysroot", host.path]).output
    let offered = table.split(separator: "\n").first?.split(separator: " ") ?? []
    let lines = ManualDocument.program.section("COLUMNS")
    let documented = lines.drop { $0 != "The default is" }.dropFirst()
      .prefix { !$0.hasPrefix(".Bl") }
      .flatMap { $0.split(separator: " ") }.filter { $0.allSatisfy(\.isUppercase) }
    #expect(offered.count > 1)
    #expect(offered == documented)
  }

  /// `-s, --sysroot <source>  Read …`: `-s` and `--sysroot`.
  private static func names(inHelpLine line: Substring) -> [String] {
    guard line.hasPrefix("  -") else { return [] }
    return line.split(separator: " ").prefix { $0.hasPrefix("-") }.map {
      String($0.hasSuffix(",") ? $0.dropLast() : $0)
    }
  }

  /// The options in the command's subsection, in those it refers to, and the general ones.
  private static func options(ofCommand command: String) -> [String] {
    let own = ManualDocument.program.section(command)
    let shared = own.filter { $0.hasPrefix(".Sx ") }.compactMap { line in
      line.split(separator: " ").dropFirst().prefix { $0 != "," }.joined(separator: " ")
    }
    let sections = [own] + (shared + ["General options"]).map(ManualDocument.program.section)
    return sections.joined().flatMap(names(inItem:))
  }

  /// `.It Fl s , Fl -sysroot Ar source`: `-s` and `--sysroot`.
  private static func names(inItem line: String) -> [String] {
    guard line.hasPrefix(".It Fl ") else { return [] }
    let words = line.split(separator: " ")
    return zip(words, words.dropFirst()).filter { $0.0 == "Fl" }.map { "-\($0.1)" }
  }
}
