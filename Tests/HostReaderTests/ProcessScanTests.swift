import HostModel
import HostReader
import TestSupport
import Testing

/// Whose open files a walk through `/proc` can see.
@Suite struct ProcessScanTests {
  private static let first: SnapshotEntries = [
    "proc/self": .link("7"),
    "proc/7/ns": .directory,
    "proc/7/ns/pid": .link("pid:[4026531836]"),
    "proc/7/ns/user": .link("user:[4026531837]"),
    "proc/7/status": .attribute(Array("Name:\tx\nCapEff:\t000001ffffffffff\n".utf8)),
  ]

  @Test func everyProcessIsVisibleToACallerThatMayTraceThemAll() {
    #expect(SnapshotStore(entries: Self.first, unlisted: .absent).showsEveryProcess)
    var withoutNamespaces = Self.first
    withoutNamespaces["proc/7/ns/pid"] = nil
    withoutNamespaces["proc/7/ns/user"] = nil
    #expect(SnapshotStore(entries: withoutNamespaces, unlisted: .absent).showsEveryProcess)
  }

  @Test(
    "if any condition fails, not every process is visible",
    arguments: [
      ("proc/self", nil),
      ("proc/self", .link("8")),
      ("proc/7/ns/pid", .link("pid:[4026532801]")),
      ("proc/7/ns/user", .link("user:[4026532801]")),
      ("proc/7/ns/user", .failed(.refused(.permissionDenied))),
      ("proc/7/status", nil),
      ("proc/7/status", .attribute(Array("CapEff:\t000001fffff7ffff\n".utf8))),
      ("proc/7/status", .attribute(Array("CapEff:\tmany\n".utf8))),
    ] as [(HostPath, SnapshotEntry?)])
  func hidden(path: HostPath, entry: SnapshotEntry?) {
    var entries = Self.first
    entries[path] = entry
    #expect(!SnapshotStore(entries: entries, unlisted: .absent).showsEveryProcess)
  }

  /// Root of another user namespace, from whom `hidepid` hides what is not its own.
  @Test func rootOfAUserNamespaceDoesNotSeeEveryProcess() async throws {
    let canMap = try? await Program(named: "unshare").run(
      ["--map-root-user", "--mount", "true"], timeout: .seconds(10))
    guard canMap?.status == 0 else { try Test.cancel("this machine allows no user namespace") }
    var host = HostTree(kernel: "6.12.0")
    host.add(
      PCIFunction("0000:01:00.0", class: 0x030000, id: "10de:13c2", driver: "vfio-pci", group: 13))
    let tree = try TemporaryDirectory()
    try host.write(to: tree.path)
    let inside = "mount --bind \"$0/sys\" /sys && exec \"$1\" snapshot -o -"
    let hiding =
      "mount -t proc -o hidepid=2 proc /proc && exec unshare -r -m sh -c \"$2\" \"$0\" \"$1\""
    let arguments =
      Privilege.isRoot ? ["--mount", "sh", "-c", hiding] : ["-r", "-m", "sh", "-c", inside]
    let outcome = try await Program(named: "unshare").run(
      arguments + [tree.path, Program.productDirectory + "/vfio-preflight", inside],
      environment: ["SYSTEMD_DEVICE_VERIFY_SYSFS": "0"], timeout: .seconds(50))
    #expect(outcome.status == 0, "\(outcome.errors)")
    let entries = try SnapshotFile.parse(Array(outcome.output.utf8))
    let scan = SnapshotStore(entries: entries, unlisted: .notCaptured).openVFIOFiles()
    #expect(scan.coverage == .partial)
  }

  @Test func oneUnreadProcessMakesTheScanPartial() {
    let entries: SnapshotEntries = [
      "proc/*/fd": .absent, "proc/7/fd": .failed(.refused(.inputOutput)),
    ]
    let scan = SnapshotStore(entries: entries, unlisted: .notCaptured).openVFIOFiles()
    #expect(scan.coverage == .partial)
  }
}
