import HostModel
import HostReader
import TestSupport
import Testing

/// The real libudev over a composed tree, in a mount namespace where the tree lies on `/sys`.
@Suite struct EnumerationTests {
  private func tree() throws -> TemporaryDirectory {
    var host = HostTree(kernel: "6.12.0")
    host.add(
      PCIFunction("0000:01:00.0", class: 0x030000, id: "10de:13c2", driver: "vfio-pci", group: 13),
      PCIFunction("0000:02:00.0", class: 0x020000, id: "8086:1533", driver: "igb", group: 14))
    host.add(BusDevice("AMDI0010:00", on: .platform, group: 14))
    let directory = try TemporaryDirectory()
    try host.write(to: directory.path)
    return directory
  }

  /// A live snapshot, as the program writes it; `nil` where the machine has no such namespaces.
  private func liveSnapshot(of tree: TemporaryDirectory) async throws -> SnapshotEntries? {
    guard await Privilege.canUnshareMounts() else { return nil }
    let script = "mount --bind \"$0/sys\" /sys && exec \"$1\" snapshot -o -"
    let outcome = try await Program(named: "unshare").run(
      Privilege.unshareArguments + [
        "sh", "-c", script, tree.path, Program.productDirectory + "/vfio-preflight",
      ],
      environment: ["SYSTEMD_DEVICE_VERIFY_SYSFS": "0"], timeout: .seconds(50))
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try SnapshotFile.parse(Array(outcome.output.utf8))
  }

  private func devices(_ entries: SnapshotEntries) -> [Device] {
    SnapshotStore(entries: entries, unlisted: .notCaptured).host(needing: .all).devices
  }

  @Test func libudevAndADirectoryWalkFindTheSameDevices() async throws {
    let tree = try tree()
    guard let live = try await liveSnapshot(of: tree) else {
      try Test.cancel("this machine allows no mount namespace")
    }
    let walked = try HostSource.sysroot(tree.path).read(needing: .all)
    #expect(walked.devices.count >= 3)
    #expect(devices(live) == walked.devices)
  }

  @Test(.timeLimit(.minutes(1))) func anOverrideThatNeverAnswersDoesNotStopTheReading() async throws
  {
    let tree = try tree()
    let walked = try HostSource.sysroot(tree.path).read(needing: .all)
    let stuck = try #require(walked.devices.first { $0.name == "0000:01:00.0" })
    let file = tree.path + stuck.path.description + "/driver_override"
    TreeFiles.removeTree(file)
    try TreeFiles.makeFIFO(file)
    guard let live = try await liveSnapshot(of: tree) else {
      try Test.cancel("this machine allows no mount namespace")
    }
    #expect(live[stuck.path / "driver_override"] == .failed(.timedOut))
    let others = devices(live).filter { $0.path != stuck.path }
    #expect(others == walked.devices.filter { $0.path != stuck.path })
  }
}
