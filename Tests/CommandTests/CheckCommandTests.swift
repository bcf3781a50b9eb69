import TestSupport
import Testing

struct CheckCommandTests {
  @Test func anAcceptanceNamesWhatItRestsOn() async throws {
    let tree = try Sample.tree(Sample.ready)
    TreeFiles.removeTree(tree / "proc/interrupts")
    let outcome = try await Sample.run(
      "check", "-s", tree.path, "--assume-unclaimed", "1", "01:00.0")
    #expect(
      outcome.output == """
        0000:01:00.0: accepted
            assumes   whether interrupts are isolated cannot be seen here; if not, SET_IOMMU answers EPERM

        """)
    #expect(outcome.status == 0)
  }

  @Test func aKernelOutsideTheVerifiedRangeIsReported() async throws {
    let tree = try Sample.tree(Sample.ready)
    for command in [["check", "01:00.0"], ["predict", "open 01:00.0"]] {
      let outcome = try await Sample.run(command + ["--kernel", "9.0", "-s", tree.path])
      #expect(outcome.output.contains("\nnote: kernel 9.0 is newer than any that was read"))
    }
  }
}
