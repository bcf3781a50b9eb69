import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport
import Testing

/// The verdict on each whole host, beside it in `Fixtures/hosts/NAME.verdict`.
///
/// Verdicts, not wording: group, culprit, refusal and rule, under the host's own kernel and under
/// one of each regime. `VFIO_PREFLIGHT_ACCEPT_GOLDEN=1` writes the files anew.
@Suite("Verdicts on whole hosts")
struct HostVerdictTests {
  private static let kernels: [KernelVersion?] = [nil, KernelVersion(5, 10), KernelVersion(6, 12)]

  @Test("the verdicts on a host match its golden file", arguments: Fixture.hosts)
  func verdict(fixture: Fixture) throws {
    let host = try HostSource.sysroot(fixture.path).read(needing: .all)
    // No listing shows what the host uses its devices for.
    #expect(host.notAsked == ["sys/dev/block"])
    try expectVerdict(on: host, of: fixture)
  }

  /// Captures are kept for years, and every later version must say the same of them.
  @Test(
    "the verdicts on a capture of an earlier version stay the same", arguments: Fixture.captures)
  func verdictOnEarlierCapture(fixture: Fixture) throws {
    try expectVerdict(on: try HostSource.sysroot(fixture.path).read(needing: .all), of: fixture)
  }

  private func expectVerdict(on host: ObservedHost, of fixture: Fixture) throws {
    #expect(host.problems.isEmpty)
    let sections = HostVerdictTests.kernels.map { kernel in
      let audit = Analyzer.audit(host, requestedKernel: kernel)
      let title = kernel.map { "kernel \($0)" } ?? "its own kernel"
      return ([title] + lines(of: audit).map { "  " + $0 }).joined(separator: "\n") + "\n"
    }
    let path = fixture.path.dropLast(Fixture.snapshotEnding.count) + ".verdict"
    try expectGolden(sections.joined(), at: String(path))
  }

  private func lines(of audit: Audit) -> [String] {
    let uses = Dictionary(grouping: audit.groups, by: \.use).map { "\($1.count) \($0.rawValue)" }
    let groups = audit.groups.filter(\.use.isForUserSpace).map { group in
      "group \(group.group.number) \(group.viability.word)"
        + group.viability.obstacles.map { ": " + text(of: $0) }.joined()
    }
    let findings = audit.findings.map { finding in
      ["\(finding.severity) \(finding.rule)", finding.group.map { "group \($0)" }]
        .compactMap { $0 }.joined(separator: " ")
        + finding.devices.map { " \($0)" }.joined()
    }
    return ["groups: " + (uses.isEmpty ? "none" : uses.sorted().joined(separator: ", "))]
      + groups + findings
  }

  private func text(of obstacle: Obstacle) -> String {
    let culprits = obstacle.culprits.map { "\($0.device) on \($0.driver?.text ?? "nothing")" }
    return
      ([obstacle.rule.text] + [culprits.joined(separator: ", ")]
      + ["\(obstacle.refusal.call.rawValue) \(obstacle.refusal.errno)"])
      .filter { !$0.isEmpty }.joined(separator: "; ")
  }
}
