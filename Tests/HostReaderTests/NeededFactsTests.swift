import HostModel
import HostReader
import TestSupport
import Testing

/// What an answer does not need is not asked for, and is neither absent nor a problem.
@Suite struct NeededFactsTests {
  private static let taken: HostPath = "sys/devices/pci0000:00/0000:00:1f.3"

  /// The small tree, with all that some commands need alone.
  private static let entries: SnapshotEntries = {
    var entries = HostTree.small.entries
    entries[taken / "reset_method"] = .text("flr bus")
    entries[taken / "power/runtime_status"] = .text("suspended")
    entries[taken / "enable"] = .text("0")
    return entries
  }()

  private static func isOfNeededFact(_ path: HostPath) -> Bool {
    ["type", "numa_node", "reset_method", "reset", "dev", "runtime_status"].contains(path.name)
      || path.name.hasPrefix("modules.") || isOfConfiguration(path)
  }

  private static func isOfConfiguration(_ path: HostPath) -> Bool {
    path.relative.hasPrefix("boot/config-")
      || path.relative.hasPrefix("usr/lib/modules/") && path.name == "config"
  }

  /// What is asked of a host for an answer.
  private static func asked(for facts: NeededFacts) -> Set<HostPath> {
    let recorder = RecordingStore(SnapshotStore(entries: entries, unlisted: .absent))
    let host = recorder.host(needing: facts)
    #expect(host.problems.isEmpty)
    #expect(host.notAsked.isEmpty)
    return Set(recorder.entries.keys)
  }

  @Test func aJudgementAsksForNoneOfThem() throws {
    let asked = Self.asked(for: .judgement)
    #expect(asked.filter(Self.isOfNeededFact) == [])
    // All else is the same.
    // What the host uses its devices for begins with the list of block devices, which it lacks.
    let all = Self.asked(for: .all).filter { !Self.isOfNeededFact($0) }
    #expect(all.subtracting(asked) == ["sys/dev/block"])
    #expect(asked.isSubset(of: all))
  }

  @Test(arguments: [
    (NeededFacts(groupTypes: true), ["type"]), (NeededFacts(numaNodes: true), ["numa_node"]),
    (NeededFacts(resets: true), ["reset_method", "reset"]),
    (NeededFacts(deviceNodes: true), ["dev"]),
    (NeededFacts(idleStatuses: true), ["runtime_status"]),
  ])
  func eachFactIsAskedForSeparately(facts: NeededFacts, names: [String]) {
    let asked = Self.asked(for: facts).filter(Self.isOfNeededFact)
    #expect(Set(asked.map { String($0.name) }) == Set(names))
  }

  @Test func aFactThatIsNotNeededIsMarkedSo() throws {
    let host = SnapshotStore(entries: Self.entries, unlisted: .absent).host(needing: .judgement)
    let device = try #require(host.device(at: Self.taken))
    #expect(device.numaNode == .unread(.notNeeded))
    #expect(device.reset == .unread(.notNeeded))
    #expect(device.activity.runtimeStatus == .unread(.notNeeded))
    #expect(device.vfioDevices.value?.map(\.hasCharacterDevice) == [nil])
    #expect(host.groups.map(\.type) == [.unread(.notNeeded)])
    #expect(host.moduleAliases == .unread(.notNeeded))
  }

  /// The sign of use of a device that is enabled is always needed.
  @Test func theRuntimeStatusOfAnEnabledDeviceIsAlwaysRead() throws {
    for count in ["1", "-", ""] {
      var entries = Self.entries
      entries[Self.taken / "enable"] = .text(count)
      let host = SnapshotStore(entries: entries, unlisted: .absent).host(needing: .judgement)
      let device = try #require(host.device(at: Self.taken))
      #expect(device.activity.runtimeStatus == .value("suspended"))
    }
  }

  /// A fact that an earlier version did not ask for is missing in its captures; where the answer
  /// does not need it, it is not reported.
  @Test func onlyNeededFactsAreReportedMissingFromAnOlderCapture() throws {
    let recorder = RecordingStore(SnapshotStore(entries: Self.entries, unlisted: .absent))
    _ = recorder.host(needing: .all)
    let older = recorder.entries.filter { $0.key.name != "numa_node" }
    let store = SnapshotStore(entries: older, unlisted: .notCaptured)
    #expect(store.host(needing: .judgement).notAsked == [])
    #expect(
      store.host(needing: NeededFacts(numaNodes: true)).notAsked == ["sys/devices/*/numa_node"])
  }

  @Test func theUnionHasTheFactsOfBoth() {
    let both = NeededFacts(numaNodes: true).union(.prediction)
    #expect(
      both
        == NeededFacts(
          groupTypes: true, numaNodes: true, deviceNodes: true, moduleAliases: true,
          kernelConfiguration: true))
    #expect(NeededFacts.all.union(.judgement) == .all)
    #expect(NeededFacts.judgement.union(.all) == .all)
  }
}
