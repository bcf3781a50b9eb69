import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport
import Testing

/// The replay itself, on recordings that no kernel made.
@Suite("Recordings: replay")
struct SequenceReplayTests {
  /// A network card on vfio-pci and one without a driver share group 2.
  private static let host: SnapshotEntries = {
    var host = HostTree(kernel: "6.12.94", build: "#1 SMP Debian 6.12.94-1")
    host.hasModuleTables = true
    host.add(
      PCIFunction(
        "0000:02:01.0", class: 0x020000, id: "8086:100e", driver: "vfio-pci", group: 2,
        override: "vfio-pci"),
      PCIFunction(
        "0000:02:02.0", class: 0x020000, id: "8086:100e", group: 2, override: "e1000"))
    host.register("e1000")
    var entries = host.entries
    entries["proc/*/fd"] = .absent
    return entries
  }()

  private func replay(_ lines: String...) throws -> SequenceReplay { try replay(lines) }

  private func replay(_ lines: [String]) throws -> SequenceReplay {
    let text = ([RecordingParser.header, "sequence s"] + lines).map { $0 + "\n" }.joined()
    let sequence = try #require(try RecordingParser.parse(text, file: "x.steps").first)
    return SequenceReplay(sequence, in: "x.steps", from: try sequence.capture(from: Self.host))
  }

  @Test("answers that are the same agree")
  func agreement() throws {
    let replay = try replay(
      "do open 0000:02:01.0 as vm1", "answer accepted",
      "do bind 0000:02:02.0 e1000", "answer refused EBUSY bind",
      "do unbind 0000:02:01.0", "answer blocks unbind", "driver 0000:02:01.0 -",
      "do close vm1", "answer accepted", "ended unbind 0000:02:01.0: accepted",
      "node - /dev/vfio/2",
      "do bind 0000:02:02.0 e1000", "answer accepted", "driver 0000:02:02.0 e1000")
    let outcomes = replay.outcomes.map(\.description)
    #expect(outcomes.allSatisfy { $0.hasSuffix(": agreed") }, "\(outcomes)")
    #expect(replay.openings.map(\.text) == ["group 2 is viable, recorded accepted"])
  }

  private static let differing: [(lines: [String], expected: String)] = [
    (
      ["do bind 0000:02:02.0 e1000", "answer refused EBUSY bind"],
      "predicted accepted (0000:02:02.0 is bound to e1000), recorded refused EBUSY bind"
    ),
    (
      ["do bind 0000:02:02.0 e1000", "answer accepted"],
      "predicted 0000:02:02.0 on e1000, recorded no driver"
    ),
    (
      ["do open 0000:02:01.0 as vm1", "answer refused EPERM SET_IOMMU"],
      "recorded refused EPERM SET_IOMMU"
    ),
    (
      ["do unbind 0000:02:01.0", "answer accepted", "driver 0000:02:01.0 -"],
      "predicted /dev/vfio/2 gone, recorded unchanged"
    ),
    (
      ["do override 0000:02:02.0 -", "answer accepted", "node - /dev/vfio/2"],
      "predicted /dev/vfio/2 unchanged, recorded gone"
    ),
    (
      ["do override 0000:02:02.0 -", "answer accepted", "device - 0000:02:01.0"],
      "predicted gone: none, recorded 0000:02:01.0"
    ),
    (
      ["do override 0000:02:02.0 -", "answer accepted", "ended probe 0000:02:01.0: accepted"],
      "predicted ended: none"
    ),
    (["do banana", "answer accepted"], "unknown operation"),
    (
      ["do probe 0000:09:00.0", "answer accepted"],
      "predicted refused ENODEV drivers_probe (there is no such device), recorded accepted"
    ),
    (["do probe nothing", "answer accepted"], "no device 'nothing' on this host"),
  ]

  @Test("a difference is reported", arguments: differing)
  func wrong(lines: [String], expected: String) throws {
    let outcome = try #require(try replay(lines).outcomes.last)
    guard case .wrong(let differences) = outcome.judgement else {
      Issue.record("\(outcome)")
      return
    }
    #expect(differences.contains { $0.contains(expected) }, "\(differences)")
  }

  @Test("a fact that is not in the capture is not a wrong answer, and the next steps count")
  func unseenFact() throws {
    let replay = try replay(
      "do override 0000:02:02.0 -", "answer accepted",
      "do bind 0000:02:02.0 vfio-pci", "answer accepted", "driver 0000:02:02.0 vfio-pci",
      "do unbind 0000:02:02.0", "answer accepted", "driver 0000:02:02.0 -")
    #expect(
      replay.outcomes.map(\.description) == [
        "x.steps:3 s: override 0000:02:02.0 -: agreed",
        "x.steps:5 s: bind 0000:02:02.0 vfio-pci: undetermined: ids written to new_id",
        "x.steps:8 s: unbind 0000:02:02.0: agreed",
      ])
  }

  @Test("a failed assumption explains only the difference that follows from it")
  func failedAssumption() throws {
    let refused = try replay(
      "do bind 0000:02:02.0 e1000", "answer refused EINVAL bind",
      "log e1000 0000:02:02.0: probe with driver e1000 failed with error -22")
    #expect(
      refused.outcomes.map(\.description) == [
        "x.steps:3 s: bind 0000:02:02.0 e1000: undetermined: a driver's own probe"
      ])
  }

  @Test("a device that appeared later is not in the capture")
  func laterDevice() throws {
    let replay = try replay(
      "do override 0000:02:02.0 -", "answer accepted", "device + 0000:02:03.0",
      "do probe 0000:02:03.0", "answer accepted")
    #expect(
      replay.outcomes.map(\.description) == [
        "x.steps:3 s: override 0000:02:02.0 -: agreed",
        "x.steps:6 s: probe 0000:02:03.0: undetermined: device that came after the capture",
      ])
  }

  @Test("removing a line that host.snapshot does not have is an error")
  func unknownLine() throws {
    #expect(throws: Recording.Mistake.self) {
      try replay("- /sys/nothing -> ../x", "do close vm1", "answer accepted")
    }
    #expect(throws: Recording.Mistake.self) {
      try replay(
        "+ /sys/bus/pci/devices/0000:02:01.0 -> ../x", "do close vm1", "answer accepted")
    }
  }

  @Test("each sequence begins with its own capture")
  func captures() throws {
    let function = try #require(Self.host.keys.first { $0.name == "0000:02:02.0" }?.name)
    let place = try #require(
      Self.host.keys.first { $0.relative.hasSuffix("\(function)/vendor") }?.parent)
    let replay = try replay(
      "+ \(place)/driver -> ../../../bus/pci/drivers/e1000", "do open 0000:02:01.0 as vm1",
      "answer refused EPERM SET_CONTAINER")
    #expect(replay.outcomes.map(\.description) == ["x.steps:4 s: open 0000:02:01.0 as vm1: agreed"])
  }

  @Test("the tally has a row for each kernel and a total")
  func table() throws {
    let lines = TallyTable([]).lines
    #expect(lines.count == 3)
    #expect(lines[2] == "| all | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |")
  }
}
