import TestSupport
import Testing

/// Many captures in one audit: a row for each, in order, whatever the others are.
struct FleetTests {
  @Test func eachCaptureHasARowAndASummaryFollows() async throws {
    let outcome = try await SampleFleet.ordinary().audit()
    #expect(
      outcome.output == """
        CAPTURE           VERDICT      GROUPS  VIABLE  NOT-VIABLE  CRITICAL  ERROR  WARNING  INFO  REASON
        a-ready.snapshot  fine              2       1           0         0      0        0     0
        b-mixed.snapshot  critical          2       0           1         0      1        0     0  group 1 is not viable: 0000:01:00.1 is bound to snd_hda_intel; SET_CONTAINER answers EPERM  [mixed-group]
        c-without-groups  critical          0       0           0         0      1        0     0  no IOMMU group: the firmware reports no IOMMU, so VFIO can take no device  [iommu-not-reported]

        3 captures: 1 fine, 2 critical; 4 groups, 2 given to user space, 1 of these not viable

        """)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.status == 2)
  }

  @Test func sourcesKeepTheOrderOfTheCommandLine() async throws {
    let fleet = try SampleFleet.ordinary()
    let names = ["c-without-groups", "a-ready.snapshot", "b-mixed.snapshot", "a-ready.snapshot"]
    let sources = names.flatMap { ["-s", "\(fleet.path)/\($0)"] }
    let outcome = try await Sample.run(["audit"] + sources)
    #expect(FleetTests.rows(outcome) == names.map { "\(fleet.path)/\($0)" })
    #expect(outcome.status == 2)
  }

  @Test func standardInputCanBeOneOfTheSources() async throws {
    let fleet = try SampleFleet.ordinary()
    let text = try #require(TextFile.text(of: fleet.path + "/b-mixed.snapshot"))
    let outcome = try await Sample.run(
      ["audit", "-s", "-", "-s", fleet.path + "/a-ready.snapshot"], input: text)
    #expect(FleetTests.rows(outcome) == ["-", fleet.path + "/a-ready.snapshot"])
    #expect(outcome.output.contains("\n-  ") && outcome.output.contains("[mixed-group]"))
  }

  @Test func manyCapturesGiveIdenticalOutputInOrder() async throws {
    let fleet = try SampleFleet()
    let names = (100..<160).map { "host-\($0).snapshot" }
    // Those that take longer stand among the others.
    for (number, name) in names.enumerated() {
      try fleet.add(name, number % 30 == 0 ? Sample.large : Sample.ready)
    }
    let first = try await fleet.audit()
    let second = try await fleet.audit()
    #expect(FleetTests.rows(first) == names)
    #expect(first.output == second.output)
    #expect(first.status == 0)
  }

  @Test func rulesOfAnotherKernelAreAppliedToAll() async throws {
    let outcome = try await SampleFleet.ordinary().audit("--kernel", "5.10")
    #expect(outcome.output.contains("GET_DEVICE_FD answers EINVAL"))
  }

  @Test func quietGivesTheStatusWithoutOutput() async throws {
    let outcome = try await SampleFleet.ordinary().audit("-q")
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
  }

  /// 2 outweighs 3, and 3 outweighs 1: as for one host.
  @Test(
    arguments: [
      (["ready"], 0), (["ready", "warned"], 1), (["warned", "broken"], 3), (["broken"], 3),
      (["broken", "mixed", "warned"], 2),
    ] as [([String], Int32)])
  func theExitStatusIsThatOfTheWorstCapture(captures: [String], status: Int32) async throws {
    let fleet = try SampleFleet()
    for name in captures {
      switch name {
      case "ready": try fleet.add("ready.snapshot", Sample.ready)
      case "mixed": try fleet.add("mixed.snapshot", Sample.mixed)
      case "warned":
        let fixture = try #require(Fixture.rules.first { $0.name == "stale-override.firing" })
        try fleet.add("warned.snapshot", try #require(TextFile.text(of: fixture.path)))
      default: try fleet.add("broken.snapshot", "")
      }
    }
    #expect(try await fleet.audit().status == status)
    #expect(try await fleet.audit("--json").status == status)
    #expect(try await fleet.audit("--quiet").status == status)
  }

  @Test func filesThatAreNotCapturesAreReported() async throws {
    let fleet = try SampleFleet.ordinary()
    try fleet.add("README", "notes")
    try fleet.add("b\u{1b}[2J.txt", "notes")
    try TreeFiles.makeDirectory(fleet.path + "/empty")
    let outcome = try await fleet.audit()
    #expect(
      outcome.errors
        == "vfio-preflight: skipped in \(fleet.path), not captures: README, b\\x1b[2J.txt, empty\n")
    #expect(FleetTests.rows(outcome).count == 3)
    let quiet = try await fleet.audit("-q")
    #expect(quiet.errors.isEmpty)
  }

  @Test func aDirectoryWithoutCapturesGivesStatusThree() async throws {
    let fleet = try SampleFleet()
    try fleet.add("README", "notes")
    let outcome = try await fleet.audit()
    #expect(outcome.status == 3)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("vfio-preflight: no captures in \(fleet.path): no *.snapshot"))
    let missing = try await Sample.run("audit", "--fleet", fleet.path + "/missing")
    #expect(missing.status == 3)
    #expect(missing.errors.hasSuffix("/missing: no such file or directory\n"))
    let file = try await Sample.run("audit", "--fleet", fleet.path + "/README")
    #expect(file.status == 3)
    #expect(file.errors.hasSuffix("/README is not a directory\n"))
  }

  /// The first word of each row.
  static func rows(_ outcome: Program.Outcome) -> [String] {
    outcome.output.split(separator: "\n").dropFirst().dropLast()
      .compactMap { $0.split(separator: " ").first.map(String.init) }
  }
}
