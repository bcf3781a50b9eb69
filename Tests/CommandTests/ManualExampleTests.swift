import TestSupport
import Testing

/// What the documents show is what the program does.
@Suite struct ManualExampleTests {
  /// `VFIO_PREFLIGHT_ACCEPT_GOLDEN=1 swift test` writes what the program prints now.
  @Test(arguments: ManualDocument.all)
  func everyExamplePrintsWhatTheDocumentShows(document: ManualDocument) async throws {
    try expectGolden(try await document.withExamplesRerun(), at: document.path)
  }

  @Test(arguments: [ManualDocument.readme, .program, .json, .snapshot])
  func examplesRunThisProgramAndNothingElse(document: ManualDocument) {
    #expect(!document.commands.isEmpty)
    for command in document.commands where command != "echo $?" {
      let input = command.hasPrefix("printf ")
      #expect(command.hasPrefix("vfio-preflight ") || input, "\(command)")
    }
  }

  @Test func acceptingReplacesAWrongOutputAndKeepsAnAbridgedOne() async throws {
    let wrong = ManualExample(["$ echo one; echo two", "three"])
    #expect(try await wrong.rerun() == ["$ echo one; echo two", "one", "two"])
    let cut = ManualExample(["$ echo one; echo two; false", "one", "  ...", "$ echo $?", "1"])
    #expect(
      try await cut.rerun() == ["$ echo one; echo two; false", "one", "  ...", "$ echo $?", "1"])
  }
}
