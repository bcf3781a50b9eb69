import HostModel
import OwnershipAnalysis
import Testing

@testable import Reporting

struct FleetTextTests {
  private static let text = FleetReport(names: ["host-a", "h"])

  private func line(_ name: String, _ answer: FleetRow.Answer) -> String {
    FleetTextTests.text.text(
      of: FleetRow(source: "fleet/" + name, name: name, answer: answer), in: .plain)
  }

  @Test func rowsAlignWithTheHeadingWrittenBeforeThem() {
    let rows = [
      line("h", .audited(SampleAudit.mixedGroup)), line("host-a", .unreadable("permission denied")),
    ]
    #expect(
      FleetTextTests.text.heading + rows.joined() == """
        CAPTURE  VERDICT      GROUPS  VIABLE  NOT-VIABLE  CRITICAL  ERROR  WARNING  INFO  REASON
        h        critical          4       1           1         0      1        0     0  group 1 is not viable: 0000:01:00.1 is bound to snd_hda_intel; SET_CONTAINER answers EPERM  [mixed-group]
        host-a   cannot-tell       -       -           -         -      -        -     -  cannot read: permission denied

        """)
  }

  /// What keeps a capture from an answer is its reason, whatever warnings it has beside.
  @Test func theReasonOfCannotTellIsTheUndeterminedGroup() {
    let row = line("h", .audited(SampleAudit.undetermined))
    #expect(row.contains("cannot-tell"))
    #expect(row.contains("  group 3 is undetermined: "))
    let unlisted = SampleAudit.unlisted(.refused(.permissionDenied))
    #expect(
      line("h", .audited(unlisted)).hasSuffix(
        "  the IOMMU groups could not be read: permission denied (EACCES)\n"))
  }

  @Test func textOfACaptureIsEscaped() {
    let row = line("evil\u{1b}[2J\n", .audited(SampleAudit.hostile))
    let failed = line("h", .unreadable("\u{1b}]0;title\u{7}\n"))
    for text in [row, failed] {
      #expect(text.unicodeScalars.count { TerminalText.isHostile($0) } == 1)
      #expect(text.hasSuffix("\n"))
    }
    #expect(row.hasPrefix("evil\\x1b[2J\\x0a "))
  }

  @Test func aLongReasonIsCutBeforeItsRule() {
    let finding = Finding(
      rule: .mixedGroup, severity: .error, message: String(repeating: "m", count: 5000),
      evidence: [],
      remedy: "r")
    let audit = SampleAudit.replacingFindings(of: SampleAudit.mixedGroup, by: [finding])
    let row = line("h", .audited(audit))
    #expect(row.utf8.count < 400)
    #expect(row.hasSuffix("mmm...  [mixed-group]\n"))
  }

  @Test func theSummaryCountsAllRows() {
    var tally = FleetTally()
    #expect(tally.worst == .fine)
    for answer in [
      FleetRow.Answer.audited(SampleAudit.mixedGroup), .unreadable("gone"),
      .audited(SampleAudit.mixedGroup),
    ] {
      tally += FleetTally(of: FleetRow(source: "h", name: "h", answer: answer))
    }
    #expect(
      FleetTextTests.text.summary(of: tally)
        == "\n3 captures: 2 critical, 1 cannot-tell; 8 groups, 4 given to user space, "
        + "2 of these not viable\n")
    #expect(tally.worst == .critical)
    let alone = FleetTally(of: FleetRow(source: "h", name: "h", answer: .unreadable("gone")))
    #expect(alone.worst == .cannotTell)
    #expect(FleetTextTests.text.summary(of: alone) == "\n1 capture: 1 cannot-tell; 0 groups\n")
  }

  /// Whoever saw some rows only has no answer yet, unless nothing can outweigh it.
  @Test func someOfTheRowsGiveCannotTellUnlessOneIsCritical() {
    #expect(FleetTally().worst(outOf: 1) == .cannotTell)
    #expect(FleetTally().worst(outOf: 0) == .fine)
    let critical = FleetTally(
      of: FleetRow(source: "h", name: "h", answer: .audited(SampleAudit.mixedGroup)))
    #expect(critical.worst(outOf: 2) == .critical)
  }
}
