import OwnershipAnalysis
import TestSupport
import Testing

/// The page names what the program takes, and the program takes what the page names.
@Suite struct ManualOptionTests {
  @Test(arguments: [
    "audit", "list", "candidates", "check", "predict", "snapshot", "diff", "explain",
  ])
  func everyOptionIsDocumented(command: String) async throws {
    let help = try await Sample.run([command, "--help"]).output
    let offered = help.split(separator: "\n").flatMap(ManualOptionTests.names(inHelpLine:))
    let documented = ManualOptionTests.options(ofCommand: command)
    #expect(offered.count > 2)
    #expect(Set(offered) == Set(documented))
    #expect(documented.count == Set(documented).count, "an option is documented twice")
  }

  @Test func everyCommandIsDocumented() async throws {
    let help = try await Sample.run(["--help"]).output
    let offered = help.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }.dropFirst()
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.hasPrefix("  See ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(offered.count > 1)
    #expect(offered == ManualDocument.program.subcommands)
  }

  /// The page writes operands as `driver`, `driver` or `-`, `number`: what is compared is how many.
  @Test func everyOperationIsDocumentedInOrder() throws {
    let items = ManualDocument.program.section("OPERATIONS").filter { $0.hasPrefix(".It Cm ") }
      .map { $0.dropFirst(".It Cm ".count) }
    #expect(
      items.compactMap { $0.split(separator: " ").first.map(String.init) }
        == OperationForm.all.map(\.word))
    for (item, form) in zip(items, OperationForm.all) {
      #expect(item.contains(" ... ") == form.usage.contains("..."), "\(item)")
      #expect(item.hasSuffix(" Op Cm as Ar name") == form.usage.hasSuffix(" [as NAME]"), "\(item)")
      let operands = item.replacing(" Op Cm as Ar name", with: "").split(separator: " ")
        .filter { $0 != "Ar" && $0 != "..." }
      #expect(
        operands.count == form.usage.replacing(" [as NAME]", with: "").split(separator: " ").count,
        "\(item)")
    }
  }

  @Test func theHelpHasALineForEachOperation() async throws {
    let lines = try await Sample.run("predict", "--help").output.split(separator: "\n")
    for form in OperationForm.all {
      #expect(
        lines.contains { $0.hasPrefix("  \(form.usage)  ") && $0.hasSuffix("  \(form.summary)") })
    }
  }

  @Test func everyColumnIsDocumentedInOrder() async throws {
    let arguments = ["list", "--list-columns", "--noheadings"]
    let table = try await Sample.run(arguments).output
    let offered = table.split(separator: "\n").compactMap { $0.split(separator: " ").first }
    let documented = ManualDocument.program.section("COLUMNS").filter { $0.hasPrefix(".It Cm ") }
      .map { $0.dropFirst(7) }
    #expect(offered.count > 1)
    #expect(offered == documented)
  }

  /// The page says which columns `list` prints unasked.
  @Test func theDefaultColumnsAreDocumented() async throws {
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
