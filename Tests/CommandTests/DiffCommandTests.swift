import HostModel
import TestSupport
import Testing

/// `diff` as a command: its sources, its mistakes, its manners.
struct DiffCommandTests {
  private static let old = Fixture.directory + "/diffs/driver-changed/old.snapshot"
  private static let new = Fixture.directory + "/diffs/driver-changed/new.snapshot"

  @Test(arguments: [
    (["diff"], "missing expected argument '<old>'"),
    (["diff", "-", "-"], "standard input cannot be both the old and the new host"),
    (["diff", "a", "b", "c"], "unexpected argument 'c'"),
    (["diff", "a", "b", "--kernel", "six"], "the value 'six' is invalid for '--kernel <version>'"),
    (["diff", "-s", "a", "b"], "unknown option '-s'"),
  ])
  func aUsageErrorIsReportedInOneLine(arguments: [String], message: String) async throws {
    let outcome = try await Sample.run(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("vfio-preflight: " + message))
  }

  @Test func aTreeASnapshotAndStandardInputCanBeCompared() async throws {
    let tree = try Sample.tree(Sample.ready)
    let snapshot = try await Sample.run("snapshot", "-s", tree.path, "-o", "-")
    let same = try await Sample.run(["diff", tree.path, "-"], input: snapshot.output)
    #expect(same.output == "no difference\n")
    #expect(same.status == 0)
    let other = try Sample.tree(Sample.mixed)
    let changed = try await Sample.run(["diff", "-", other.path], input: snapshot.output)
    #expect(changed.output.hasPrefix("worse: 1 new error"))
    #expect(changed.status == 2)
  }

  @Test(arguments: [[old, "nowhere"], ["nowhere", new]])
  func aSourceThatCannotBeReadIsNamed(arguments: [String]) async throws {
    let outcome = try await Sample.run(["diff"] + arguments)
    #expect(outcome.status == 3)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors == "vfio-preflight: cannot read nowhere: no such file or directory\n")
  }

  /// Whatever this machine is, it is not the composed desktop.
  @Test func theNewHostDefaultsToThisMachine() async throws {
    let live = try await Sample.run("snapshot", "-o", "-")
    guard live.status == 0 else { return }
    let outcome = try await Sample.run("diff", DiffCommandTests.old)
    #expect(outcome.errors.isEmpty)
    #expect([1, 2, 3].contains(outcome.status))
    let first = outcome.output.prefix { $0 != ":" }
    #expect(["changed", "worse", "cannot tell"].contains(first))
  }

  @Test func verboseShowsEveryLine() async throws {
    let hosts = ["epyc-server-81-groups", "server-462-groups"].map { Fixture.host($0).path }
    let short = try await Sample.run(["diff"] + hosts).output
    let long = try await Sample.run(["diff", "-v"] + hosts).output
    #expect(short.contains(" (--verbose)\n"))
    #expect(!long.contains("(--verbose)"))
    #expect(short.split(separator: "\n").count < 120)
    #expect(long.split(separator: "\n").count > 500)
  }

  @Test func textOfAHostIsEscaped() async throws {
    var host = Sample.ready
    host.add(BusDevice("evil\u{1b}[2J", on: .platform, driver: "a\u{202e}b", group: 9))
    let old = try Sample.tree(Sample.ready)
    let new = try Sample.tree(host)
    let outcome = try await Sample.run("diff", old.path, new.path)
    #expect(outcome.output.contains("evil\\x1b[2J"))
    #expect(!outcome.output.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" })
  }
}
