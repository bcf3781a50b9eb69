import FoundationEssentials
import TestSupport
import Testing

/// How a fleet's rows reach programs, pipes and terminals.
struct FleetOutputTests {
  private struct Row: Decodable {
    struct Rule: Decodable {
      let rule: String
      let findings: Int
    }
    struct Given: Decodable {
      let viable: Int
    }
    let schema: String
    let source: String
    let verdict: String
    let status: Int
    let error: String?
    let reason: String?
    let rules: [Rule]
    let given: Given?

    enum CodingKeys: String, CodingKey {
      case schema, source, verdict, error, reason, rules, given
      case status = "exit_status"
    }
  }

  private static let shell = Program(named: "sh")

  @Test func anIndependentParserAcceptsEveryLine() async throws {
    let fleet = try SampleFleet.ordinary()
    try fleet.add("d-broken.snapshot", "")
    let outcome = try await fleet.audit("--json")
    let rows = try outcome.output.split(separator: "\n").map {
      try JSONDecoder().decode(Row.self, from: Data($0.utf8))
    }
    #expect(rows.allSatisfy { $0.schema == "vfio-preflight/fleet/1" })
    #expect(rows.map(\.verdict) == ["fine", "critical", "critical", "cannot-tell"])
    #expect(rows.map(\.status) == [0, 2, 2, 3])
    #expect(rows.map(\.rules.first?.rule) == [nil, "mixed-group", "iommu-not-reported", nil])
    #expect(rows.map(\.given?.viable) == [1, 0, 0, nil])
    #expect(rows.map { $0.error == nil } == [true, true, true, false])
    #expect(rows.map { $0.reason == nil } == [true, false, false, false])
    // What a row names can be audited by itself, with the same answer.
    for row in rows {
      let single = try await Sample.run("audit", "-q", "-s", row.source)
      #expect(single.status == Int32(row.status))
    }
  }

  /// The reader is gone before the first row; the rest is not audited, and the status says so.
  @Test func aClosedPipeEndsTheCommandQuietly() async throws {
    let fleet = try SampleFleet()
    for number in 0..<40 { try fleet.add("\(number).snapshot", Sample.ready) }
    let pipe = try TemporaryDirectory()
    let line = """
      mkfifo "$2"; { : < "$2"; } & exec 3>&1 > "$2"; wait
      "$0" audit --json --fleet "$1"; echo status $? >&3
      """
    let outcome = try await FleetOutputTests.shell.run(
      ["-c", line, Sample.binaryPath, fleet.path, pipe / "pipe"])
    #expect(outcome.output == "status 3\n")
    #expect(outcome.errors.isEmpty)
  }

  @Test(.enabled(if: Machine.hasFullDevice, "this machine has no /dev/full"))
  func aFullDiskIsReported() async throws {
    let fleet = try SampleFleet.ordinary()
    let outcome = try await FleetOutputTests.shell.run(
      ["-c", "\"$0\" audit --fleet \"$1\" > /dev/full", Sample.binaryPath, fleet.path])
    #expect(outcome.status == 3)
    #expect(
      outcome.errors == "vfio-preflight: cannot write standard output: no space left on device\n")
  }

  @Test func coloursAreWrittenToTerminalsOrOnRequest() async throws {
    let fleet = try SampleFleet.ordinary()
    let plain = try await fleet.audit()
    let coloured = try await fleet.audit("--color", "always")
    #expect(coloured.output.contains("\u{1b}[31mcritical\u{1b}[0m"))
    let stripped = coloured.output.split(separator: "\u{1b}", omittingEmptySubsequences: false)
      .enumerated().map { $0 == 0 ? $1 : $1.drop { $0 != "m" }.dropFirst() }.joined()
    #expect(stripped == plain.output)
  }

  /// Progress goes to a terminal, leaves nothing there, and comes nowhere else.
  @Test(.enabled(if: Machine.hasScript, "script(1) is not installed"))
  func progressIsShownOnTerminalsOnly() async throws {
    let fleet = try SampleFleet.ordinary()
    func onTerminal(_ redirection: String) async throws -> String {
      let line = "exec script -qec \"'$0' audit --fleet '$1' \(redirection)\" /dev/null"
      return try await FleetOutputTests.shell.run(
        ["-c", line, Sample.binaryPath, fleet.path], environment: ["TERM": "dumb"]
      ).output
    }
    let start = "\r0 of 3 captures audited"
    let errorsOnly = try await onTerminal(">/dev/null")
    #expect(errorsOnly.hasPrefix(start))
    #expect(errorsOnly.hasSuffix("\r" + String(repeating: " ", count: start.count - 1) + "\r"))
    let both = try await onTerminal("")
    #expect(both.contains(start))
    #expect(FleetOutputTests.screen(both).last?.hasPrefix("3 captures: ") == true)
    #expect(!FleetOutputTests.screen(both).contains { $0.contains("audited") })
    let quiet = try await onTerminal("-q")
    #expect(quiet.isEmpty)
    let elsewhere = try await onTerminal("2>/dev/null")
    #expect(!elsewhere.contains("audited"))
  }

  /// The lines that a terminal shows in the end: a carriage return goes back to the start of one.
  private static func screen(_ output: String) -> [String] {
    // A pair of return and feed is one character of a String.
    output.unicodeScalars.split(separator: "\n").map { line in
      var shown: [Unicode.Scalar] = []
      for piece in line.split(separator: "\r") {
        shown = Array(piece) + shown.dropFirst(piece.count)
      }
      return String(String.UnicodeScalarView(shown))
    }
  }
}
