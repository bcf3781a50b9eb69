import TestSupport
import Testing

/// `candidates`, and what a plain audit shows of it where nothing is given yet.
@Suite struct CandidatesCommandTests {
  private static let inUse = Fixture.directory + "/use/host-root-disk.firing.snapshot"

  @Test func whatIsReadyComesFirstAndWhatLosesTheHostLast() async throws {
    let outcome = try await Sample.run("candidates", "-s", Self.inUse)
    #expect(outcome.status == 0)
    let rows = outcome.output.split(separator: "\n")
    #expect(rows[0].hasPrefix("DEVICE "))
    #expect(rows[1].hasPrefix("0000:05:00.0  display  amdgpu"))
    #expect(rows[1].contains("alone  none seen"))
    let last = try #require(rows.last { $0.hasPrefix("0000:") })
    #expect(last.contains("loses"))
    #expect(rows.last == "next: vfio-preflight check --sysroot \(Self.inUse) 0000:05:00.0")
    let disk = try #require(rows.first { $0.hasPrefix("0000:02:00.0") })
    #expect(disk.contains("/ on nvme0n1p2 (dm-1); swap on nvme0n1p2 (dm-2)"))
  }

  /// The command that is shown works as it stands.
  @Test func theNextCommandCanBeTyped() async throws {
    let outcome = try await Sample.run("candidates", "-s", Self.inUse)
    let line = try #require(outcome.output.split(separator: "\n").last)
    let words = line.split(separator: " ").dropFirst(2).map(String.init)
    let check = try await Sample.run(words)
    #expect(check.status == 0)
    #expect(check.output == "0000:05:00.0: accepted\n")
  }

  @Test func aPlainAuditShowsThemWhereNothingIsGiven() async throws {
    let path = Fixture.host("laptop-thunderbolt-and-usb-in-one-group").path
    let audit = try await Sample.run("-s", path)
    let lines = try await Sample.run("candidates", "-s", path).output.split(separator: "\n")
    for line in lines { #expect(audit.output.contains(line)) }
    #expect(audit.status == 0)
    // What a capture was never asked is not nothing.
    #expect(lines.contains { $0.hasPrefix("note: what the host loses is not known: this capture") })
    #expect(!lines.contains { $0.contains("none seen") })
    let given = try await Sample.run("-s", Self.inUse)
    #expect(!given.output.contains("WHAT THE HOST LOSES"))
  }

  /// Members that keep each other from user space go together, and cost what they cost together.
  @Test func companionsAreNamed() async throws {
    let path = Fixture.host("chipset-usb-sata-and-bridges-in-one-group").path
    let outcome = try await Sample.run("candidates", "-s", path)
    #expect(outcome.output.contains("with 0000:01:00.1"))
    #expect(outcome.output.contains(" 0000:01:00.1 0000:01:00.0\n"))
    #expect(outcome.status == 3)
  }

  @Test func aHostWithoutGroupsHasNone() async throws {
    let path = Fixture.tree("no-iommu-virtual-machine").path
    let outcome = try await Sample.run("candidates", "-s", path)
    #expect(outcome.status == 2)
    #expect(outcome.output == "no IOMMU group on this host: user space can be given no device\n")
  }

  @Test func allShowsTheOthersToo() async throws {
    let some = try await Sample.run("candidates", "-s", Self.inUse).output
    let all = try await Sample.run("candidates", "--all", "-s", Self.inUse).output
    #expect(!some.contains("0000:00:1f.0"))
    #expect(all.contains("0000:00:1f.0  other"))
    #expect(!all.contains("0000:00:01.0 "))
  }
}
