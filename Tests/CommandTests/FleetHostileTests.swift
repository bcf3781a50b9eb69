import TestSupport
import Testing

/// A bad capture is a row like any other, and stops nothing.
struct FleetHostileTests {
  /// Each bad capture stands between good ones, and says why it cannot be read.
  private func expectRow(
    _ name: String, shown: String? = nil, reason: String, in fleet: SampleFleet
  ) async throws {
    try fleet.add("0.snapshot", Sample.ready)
    try fleet.add("zz.snapshot", Sample.ready)
    let outcome = try await fleet.audit()
    #expect(outcome.status == 3)
    #expect(outcome.errors.isEmpty)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[1].hasPrefix("0.snapshot") && lines[1].contains(" fine "))
    #expect(lines[2].hasPrefix((shown ?? name) + " "))
    #expect(lines[2].contains(" cannot-tell ") && lines[2].hasSuffix("  \(reason)"), "\(lines[2])")
    #expect(lines[3].hasPrefix("zz.snapshot") && lines[3].contains(" fine "))
    #expect(lines[4].hasPrefix("3 captures: 2 fine, 1 cannot-tell; "))
  }

  @Test(arguments: [
    ("", "cannot read: no snapshot: the first line is not \"vfio-preflight-snapshot 1\""),
    ("notes\n", "cannot read: no snapshot: the first line is not \"vfio-preflight-snapshot 1\""),
    (
      "vfio-preflight-snapshot 1\n/sys/\n/sys/\nend\n", "cannot read: line 3: duplicate path /sys"
    ),
    (
      "vfio-preflight-snapshot 1\n/sys/\n/sys/bus",
      "cannot read: line 3: the line is cut off: it has no end"
    ),
    (
      "vfio-preflight-snapshot 1\nend\n",
      "the IOMMU groups could not be read: the capture does not hold it"
    ),
    (
      "vfio-preflight-snapshot 1\n/sys/kernel/iommu_groups ! EACCES\nend\n",
      "the IOMMU groups could not be read: permission denied (EACCES)"
    ),
  ])
  func aBrokenFileHasARowWithTheReason(text: String, reason: String) async throws {
    let fleet = try SampleFleet()
    try fleet.add("broken.snapshot", text)
    try await expectRow("broken.snapshot", reason: reason, in: fleet)
  }

  @Test func aLinkIsNotFollowed() async throws {
    let fleet = try SampleFleet()
    let outside = try SampleFleet.ordinary()
    try TreeFiles.makeLink(fleet.path + "/link.snapshot", to: outside.path + "/b-mixed.snapshot")
    try await expectRow(
      "link.snapshot", reason: "cannot read: a symbolic link, which is not followed", in: fleet)
  }

  @Test(.timeLimit(.minutes(1)))
  func aFIFOIsNotOpened() async throws {
    let fleet = try SampleFleet()
    try TreeFiles.makeFIFO(fleet.path + "/fifo.snapshot")
    try await expectRow("fifo.snapshot", reason: "cannot read: not a regular file", in: fleet)
  }

  @Test(.enabled(if: Privilege.isRoot, "only root makes device nodes"))
  func aDeviceIsNotOpened() async throws {
    let fleet = try SampleFleet()
    let made = try await Program(named: "mknod").run([fleet.path + "/zero.snapshot", "c", "1", "5"])
    guard made.status == 0 else { return }
    try await expectRow("zero.snapshot", reason: "cannot read: not a regular file", in: fleet)
  }

  @Test(.disabled(if: Privilege.isRoot, "root may read everything"))
  func anUnreadableFileOrTreeHasARowWithTheReason() async throws {
    let fleet = try SampleFleet()
    try fleet.add("locked.snapshot", Sample.ready)
    try TreeFiles.setMode(0, of: fleet.path + "/locked.snapshot")
    try await expectRow("locked.snapshot", reason: "cannot read: permission denied", in: fleet)
    let trees = try SampleFleet()
    try trees.addTree("locked", Sample.ready)
    try TreeFiles.setMode(0, of: trees.path + "/locked")
    defer { try? TreeFiles.setMode(0o755, of: trees.path + "/locked") }
    try await expectRow("locked", reason: "cannot read: permission denied", in: trees)
  }

  @Test func aDirectoryNamedLikeASnapshotIsReadAsATree() async throws {
    let fleet = try SampleFleet()
    try TreeFiles.makeDirectory(fleet.path + "/tree.snapshot")
    try await expectRow("tree.snapshot", reason: "cannot read: no sys directory", in: fleet)
  }

  @Test func aHostileNameStaysOnItsLine() async throws {
    let fleet = try SampleFleet()
    try fleet.add("evil\u{1b}[2J\nfine\u{202e}.snapshot", "")
    try await expectRow(
      "", shown: "evil\\x1b[2J\\x0afine\\u{202e}.snapshot",
      reason: "cannot read: no snapshot: the first line is not \"vfio-preflight-snapshot 1\"",
      in: fleet)
    let json = try await fleet.audit("--json")
    #expect(json.output.split(separator: "\n").count == 3)
    #expect(!json.output.contains("\u{1b}") && !json.output.contains("\u{202e}"))
    let note = try await Sample.run("audit", "--fleet", fleet.path + "/evil\u{1b}[2J")
    #expect(!note.errors.contains("\u{1b}"))
  }

  /// Captures larger than any host's are audited too, one at a time.
  @Test func largeCapturesAreRead() async throws {
    let fleet = try SampleFleet()
    let text = String(repeating: "x", count: 850_000)
    let padding = (0..<5).map { "/zzz/\($0) = \(text)\n" }.joined()
    let ready = String(decoding: Sample.ready.snapshot, as: UTF8.self).dropLast("end\n".count)
    for name in ["a", "b"] { try fleet.add("\(name).snapshot", ready + padding + "end\n") }
    let outcome = try await fleet.audit()
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("2 captures: 2 fine; "))
  }
}
