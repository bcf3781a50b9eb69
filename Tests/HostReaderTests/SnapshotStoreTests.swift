import HostModel
import HostReader
import Testing

/// What an entry in memory answers, and what the silence of a snapshot means.
@Suite struct SnapshotStoreTests {
  static let entries: SnapshotEntries = [
    "d": .directory, "d/file": .attribute([65]), "d/link": .link("../e"), "d/there": .present,
    "d/refused": .failed(.refused(.permissionDenied)), "gone": .absent, "e/f/g": .attribute([66]),
  ]
  let composed = SnapshotStore(entries: entries, unlisted: .absent)
  let captured = SnapshotStore(entries: entries, unlisted: .notCaptured)

  @Test func listedEntriesAreAnswered() throws {
    #expect(try captured.names(in: "d") == ["file", "link", "refused", "there"])
    #expect(try captured.attribute("file", in: "d") == [65])
    #expect(try captured.link("link", in: "d") == "../e")
    #expect(try captured.contains("there", in: "d"))
    #expect(try captured.attribute("g", in: "e/f") == [66])
    #expect(try captured.contains("f", in: "e"))
    #expect(throws: ReadFailure.refused(.permissionDenied)) {
      try captured.attribute("refused", in: "d")
    }
    #expect(throws: ReadFailure.unexpectedKind) { try captured.attribute("link", in: "d") }
    #expect(throws: ReadFailure.unexpectedKind) { try captured.link("file", in: "d") }
    #expect(throws: ReadFailure.unexpectedKind) { try captured.names(in: "d/file") }
  }

  @Test func whatIsNotInAListedDirectoryIsAbsent() throws {
    #expect(try captured.attribute("other", in: "d") == nil)
    #expect(try captured.link("x", in: "d/other/deep") == nil)
    #expect(try captured.names(in: "gone") == nil)
    #expect(try captured.attribute("x", in: "gone/below") == nil)
  }

  @Test func aPathThatIsNotListedIsNotTakenForAbsent() throws {
    #expect(throws: ReadFailure.notAsked) { try captured.names(in: "e") }
    #expect(throws: ReadFailure.notAsked) { try captured.attribute("x", in: "e") }
    #expect(throws: ReadFailure.notAsked) { try captured.contains("x", in: "z") }
    #expect(throws: ReadFailure.notAsked) { try captured.attribute("there", in: "d") }
    #expect(try composed.names(in: "e") == ["f"])
    #expect(try composed.names(in: "z") == nil)
    #expect(try composed.attribute("x", in: "e") == nil)
    #expect(try !composed.contains("x", in: "z"))
  }

  /// Of a fact that the capture has of one device, another's is missing; of its content too.
  @Test func aFactCapturedOfOneDeviceCountsAsAskedOfAll() throws {
    let device: HostPath = "sys/devices/pci0000:00/0000:00:02.0"
    let store = SnapshotStore(
      entries: [
        "sys/devices/a/numa_node": .attribute([65]), "sys/devices/a/virtfn0": .absent,
        "sys/devices/a/later": .present, device / "later": .present,
        device / "sooner": .present, "sys/devices/a/sooner": .attribute([]),
      ], unlisted: .notCaptured)
    #expect(throws: ReadFailure.notCaptured) { try store.attribute("numa_node", in: device) }
    #expect(throws: ReadFailure.notCaptured) { try store.link("virtfn3", in: device) }
    #expect(throws: ReadFailure.notAsked) { try store.link("driver", in: device) }
    #expect(throws: ReadFailure.notAsked) { try store.attribute("later", in: device) }
    #expect(throws: ReadFailure.notCaptured) { try store.attribute("sooner", in: device) }
  }

  /// Tables that grow with the number of entries must not be searched once for each.
  @Test(.timeLimit(.minutes(1)), arguments: [40_000])
  func manyAbsentEntriesOfOneDirectoryAreLookedUpOnce(count: Int) throws {
    var entries: SnapshotEntries = ["sys/bus/pci/devices": .directory]
    for number in 0..<count {
      entries["sys/bus/pci/devices" / "d\(number)"] = .link("../x\(number)")
    }
    let store = SnapshotStore(entries: entries, unlisted: .notCaptured)
    let clock = ContinuousClock()
    let start = clock.now
    var found = 0
    for number in 0..<count {
      if try store.contains("none\(number)", in: "sys/bus/pci/devices") { found += 1 }
    }
    let time = clock.now - start
    #expect(found == 0)
    // A search of the names for each took some four seconds, in a build with optimization.
    #expect(time < .seconds(20))
  }

  /// A link can name a path of any number of directories. To look at each as a path would take the
  /// square of the length: minutes.
  @Test(.timeLimit(.minutes(1))) func aLongPathIsAskedForInOnePass() throws {
    let long = try #require(HostPath("sys/devices" + String(repeating: "/a", count: 300_000)))
    #expect(throws: ReadFailure.notAsked) { try captured.contains("driver", in: long) }
    let listed = SnapshotStore(entries: ["sys/devices": .directory], unlisted: .notCaptured)
    #expect(try listed.link("driver", in: long) == nil)
    let recorder = RecordingStore(listed)
    #expect(try recorder.link("driver", in: long) == nil)
    #expect(recorder.entries[long / "driver"] == .absent)
  }

  /// The nearest entry above that says anything counts.
  @Test func theNearestEntryAboveDecidesWhetherAnEntryIsAbsent() throws {
    let store = SnapshotStore(
      entries: [
        "": .directory, "a": .directory, "a/b": .absent, "c": .present, "c/d": .directory,
        "c/d/e": .present, "f": .attribute([]), "g/h": .absent,
      ], unlisted: .notCaptured)
    #expect(try !store.contains("x", in: .root))
    #expect(try !store.contains("x", in: "a/b/y"))
    #expect(try !store.contains("x", in: "c/d"))
    #expect(throws: ReadFailure.notAsked) { try store.contains("x", in: "c/d/e/z") }
    #expect(throws: ReadFailure.unexpectedKind) { try store.contains("x", in: "f/y") }
    // What has nothing but absent entries below is not named by its parent.
    #expect(try !store.contains("x", in: "g"))
    #expect(try store.names(in: .root) == ["a", "c", "f"])
  }

  /// Names with a common start and a byte before the slash stand between a name and what is below
  /// it.
  @Test func aNameThatStartsAnotherKeepsItsEntriesApart() throws {
    let entries: SnapshotEntries = [
      "a/x": .present, "a-b": .directory, "a-b/x": .attribute([1]), "a.c": .present, "a0": .present,
    ]
    let store = SnapshotStore(entries: entries, unlisted: .absent)
    #expect(try store.names(in: .root) == ["a", "a-b", "a.c", "a0"])
    #expect(try store.names(in: "a") == ["x"])
    #expect(try store.attribute("x", in: "a-b") == [1])
    #expect(try SnapshotFile.parse(SnapshotFile.write(entries)) == entries)
  }

  /// As in a tree, so that a snapshot cannot describe a host that a tree could not.
  @Test func aDirectoryHasALimit() throws {
    var entries: SnapshotEntries = [:]
    for number in 0...AttributeLimit.entries { entries["d" / "\(number)"] = .present }
    let store = SnapshotStore(entries: entries, unlisted: .absent)
    #expect(throws: ReadFailure.tooManyEntries(limit: AttributeLimit.entries)) {
      try store.names(in: "d")
    }
    #expect(try store.contains("7", in: "d"))
  }

  @Test func openFilesAreKeptInASnapshot() {
    let files = [
      OpenVFIOFile(
        process: 7, command: "qemu", descriptor: 12,
        target: .group(VFIOGroupNode(group: 3, isNoIOMMU: false))),
      OpenVFIOFile(process: 7, command: "qemu", descriptor: 13, target: .container),
      OpenVFIOFile(
        process: 40, command: "dpdk", descriptor: 4, target: .device("sys/devices/pci0000:00/x")),
      OpenVFIOFile(process: 40, command: "dpdk", descriptor: 5, target: .device(nil)),
      OpenVFIOFile(process: 40, command: "dpdk", descriptor: 6, target: .deviceNode("vfio3")),
      OpenVFIOFile(process: 40, command: "dpdk", descriptor: 7, target: .iommufd),
    ]
    for coverage: OpenFileScan.Coverage in [.complete, .partial, .unread(.notCaptured)] {
      let scan = OpenFileScan(files: files, coverage: coverage)
      let recorder = RecordingStore(ScanStore(scan: scan))
      #expect(recorder.openVFIOFiles() == scan)
      let store = SnapshotStore(entries: recorder.entries, unlisted: .notCaptured)
      #expect(store.openVFIOFiles() == scan)
    }
  }

  @Test func openFilesAreUnreadInASnapshotWithoutProcesses() {
    #expect(captured.openVFIOFiles().coverage == .unread(.notCaptured))
  }
}

/// A host of which only the processes are known.
private struct ScanStore: Store {
  let scan: OpenFileScan

  var remarks: [ReadProblem] { [] }
  func names(in directory: HostPath) -> [String]? { nil }
  func attribute(_ name: String, in directory: HostPath) -> [UInt8]? { nil }
  func excerpt(_ excerpt: Excerpt, of name: String, in directory: HostPath) -> [String]? { nil }
  func link(_ name: String, in directory: HostPath) -> String? { nil }
  func contains(_ name: String, in directory: HostPath) -> Bool { false }
  func openVFIOFiles() -> OpenFileScan { scan }
}
