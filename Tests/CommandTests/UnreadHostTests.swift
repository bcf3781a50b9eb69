import HostModel
import HostReader
import TestSupport
import Testing

/// What the program prints of a host that did not answer everything.
struct UnreadHostTests {
  private func run(
    _ fixture: String, failing fact: HostPath, _ arguments: String...
  ) async throws -> Program.Outcome {
    let file = try #require(TreeFiles.readFile(Fixture.directory + "/" + fixture + ".snapshot"))
    var entries = try SnapshotFile.parse(file)
    for path in entries.keys where path.fact == fact {
      entries[path] = .failed(.refused(.inputOutput))
    }
    let input = String(decoding: SnapshotFile.write(entries), as: UTF8.self)
    return try await Sample.run(arguments + ["--sysroot", "-"], input: input)
  }

  @Test func anUndeterminedGroupIsShownWithItsReason() async throws {
    let outcome = try await run(
      "hosts/gpu-audio-mixed-group", failing: "sys/devices/*/subsystem", "audit")
    let unlisted = try await run(
      "hosts/gpu-audio-mixed-group", failing: "sys/bus/*/devices", "audit")
    for outcome in [outcome, unlisted] where outcome.output.contains("is listed below") {
      #expect(outcome.status == 3)
      let lines = outcome.output.split(separator: "\n")
      let heading = try #require(lines.firstIndex { $0.contains("VIABILITY") })
      #expect(lines[heading + 1].contains("undetermined"), "\(outcome.output)")
      #expect(lines.contains { $0.contains("could not be read") && $0.hasPrefix("group") })
    }
    #expect(unlisted.output.contains("is listed below"))
  }

  @Test func aGroupWithUnreadDriversIsUndetermined() async throws {
    let outcome = try await run(
      "rules/unsafe-interrupts.firing", failing: "sys/devices/*/driver", "audit")
    #expect(outcome.status == 3)
    #expect(!outcome.output.contains("not viable: group"))
    #expect(outcome.output.contains("undetermined: group"))
  }

  @Test func aRuleLeftOpenByAnUnreadFactIsReportedOnce() async throws {
    let outcome = try await run(
      "rules/acs-override.firing", failing: "proc/cmdline", "audit")
    #expect(outcome.status == 3)
    let lines = outcome.output.split(separator: "\n").filter { $0.hasSuffix("[acs-override]") }
    #expect(lines.count == 1)
    #expect(lines.allSatisfy { $0.hasPrefix("undetermined: ") })
  }

  @Test func aPlatformDeviceIsCheckedAgainstTheDriverOfItsBus() async throws {
    let path = Fixture.host("platform-member-in-group-0").path
    let outcome = try await Sample.run("check", "--json", "-s", path, "MSFT0201:00")
    #expect(outcome.output.contains("vfio-platform"))
    #expect(!outcome.output.contains("stale-override"))
  }
}
