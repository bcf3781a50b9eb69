import TestSupport
import Testing

struct AuditCommandTests {
  @Test func auditIsTheDefaultCommand() async throws {
    let tree = try Sample.tree(Sample.mixed)
    let unnamed = try await Sample.run("--sysroot", tree.path)
    let named = try await Sample.run("audit", "-s", tree.path)
    #expect(unnamed.output == named.output)
    #expect(unnamed.status == 2)
    #expect(unnamed.errors.isEmpty)
  }

  @Test func theCulpritOfAMixedGroupIsNamed() async throws {
    let tree = try Sample.tree(Sample.mixed)
    let outcome = try await Sample.run("-s", tree.path)
    #expect(outcome.output.hasPrefix("not viable: group 1; user space cannot open it\n"))
    #expect(
      outcome.output.contains(
        "error: group 1 is not viable: 0000:01:00.1 is bound to snd_hda_intel"))
    #expect(outcome.output.contains("[mixed-group]"))
    #expect(!outcome.output.contains("0000:00:17.0"))
  }

  @Test func aReadyGroupGivesStatusZero() async throws {
    let tree = try Sample.tree(Sample.ready)
    let outcome = try await Sample.run("-s", tree.path)
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("viable: group 1; user space can open it\n"))
  }

  @Test func aHostWithoutGroupsHasAFinding() async throws {
    let tree = try Sample.tree(Sample.withoutGroups)
    let outcome = try await Sample.run("-s", tree.path)
    #expect(outcome.status == 2)
    #expect(outcome.output.hasPrefix("no IOMMU group on this host"))
    #expect(outcome.output.contains("[iommu-not-reported]"))
  }

  @Test func quietGivesTheStatusWithoutOutput() async throws {
    let tree = try Sample.tree(Sample.mixed)
    let outcome = try await Sample.run("-q", "-s", tree.path)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
  }

  @Test func aSelectionIsAuditedByItsGroupsOnly() async throws {
    let tree = try Sample.tree(Sample.mixed)
    let disk = try await Sample.run("--device", "00:17.0", "-s", tree.path)
    #expect(disk.status == 0)
    #expect(!disk.output.contains("mixed-group"))
    let gpu = try await Sample.run("--group", "1", "-s", tree.path)
    #expect(gpu.status == 2)
    #expect(gpu.output.contains("mixed-group"))
  }

  @Test func rulesOfAnotherKernelAreApplied() async throws {
    let tree = try Sample.tree(Sample.mixed)
    let outcome = try await Sample.run("--kernel", "5.10", "-s", tree.path)
    #expect(outcome.output.contains("GET_DEVICE_FD EINVAL"))
    #expect(outcome.output.contains("kernel 5.10 as requested (viability at open)"))
  }
}
