import Testing

@testable import Benchmark

@Suite("Counts that are kept")
struct CountTests {
  private static let kept = Counts(
    toolchain: Toolchain(
      swift: "6.3.1", architecture: "x86_64", libc: "glibc 2.36", valgrind: "valgrind-3.19.0"),
    rows: [
      Counts.Row(name: "--version", isWhole: true, instructions: 1000, calls: 80_00),
      Counts.Row(name: "audit, a device", isWhole: false, instructions: 1000, calls: 64_05),
    ])

  @Test("counts are read as they were written")
  func fileIsReadAsWritten() throws {
    let read = try #require(Counts(fileText: CountTests.kept.fileText))
    #expect(read.fileText == CountTests.kept.fileText)
    #expect(read.rows.map(\.name) == ["--version", "audit, a device"])
    #expect(read.rows.map(\.calls) == [80_00, 64_05])
    #expect(read.rows.map(\.isWhole) == [true, false])
  }

  @Test("a count may rise by three percent and not by more")
  func riseIsFound() {
    #expect(failures(instructions: 1030, calls: 65_97).isEmpty)
    #expect(
      failures(instructions: 1031, calls: 64_05) == [
        "audit, a device: 1031 instructions, kept 1000"
      ])
    #expect(
      failures(instructions: 1000, calls: 65_98)
        == ["audit, a device: 65.98 system calls, kept 64.05"])
  }

  @Test("only system calls are compared with counts of another compiler")
  func otherCompiler() {
    #expect(failures(instructions: 2000, calls: 64_05, swift: "6.4").isEmpty)
    #expect(failures(instructions: 2000, calls: 99_00, swift: "6.4").count == 1)
  }

  @Test("a run without a kept count is reported")
  func newRun() {
    var now = CountTests.kept
    now.rows.append(Counts.Row(name: "new", isWhole: true, instructions: 1, calls: 1_00))
    #expect(CountComparison(now, against: CountTests.kept).failures == ["new: no figure is kept"])
  }

  /// What a comparison finds if the second run has these counts.
  private func failures(
    instructions: Int, calls: Int, swift: String = "6.3.1"
  ) -> [String] {
    var now = CountTests.kept
    now.toolchain.swift = swift
    now.rows[1] = Counts.Row(
      name: "audit, a device", isWhole: false, instructions: instructions, calls: calls)
    return CountComparison(now, against: CountTests.kept).failures
  }
}
