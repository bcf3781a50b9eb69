import HostModel
import HostReader
import TestSupport
import Testing

/// A device that goes at any moment of the reading.
@Suite struct VanishingTests {
  static let device: HostPath = "sys/devices/pci0000:00/0000:00:1f.3"

  @Test(arguments: 0..<30) func theOtherDevicesAreReadWhenOneVanishes(questions: Int) throws {
    let store = VanishingStore(device: Self.device, questions: questions)
    let record = store.recordedHost()
    let host = record.host
    #expect(host.device(at: "sys/devices/pci0000:00/0000:00:1f.2")?.driver == .value("ahci"))
    let isWhole = host.device(at: Self.device) != nil
    if questions == 0 {
      #expect(!isWhole)
      #expect(host.problems.contains(ReadProblem(path: Self.device, failure: .vanished)))
    }
    let again = SnapshotStore(entries: try SnapshotFile.parse(record.file), unlisted: .notCaptured)
      .host(needing: .all)
    #expect(again.devices.map(\.name) == host.devices.map(\.name))
    #expect(again.groups == host.groups)
    #expect(again.problems == host.problems)
  }

  /// The last count of the questions is one at which nothing goes: the test covers every moment.
  @Test func everyMomentOfTheReadingIsCovered() {
    let store = VanishingStore(device: Self.device, questions: 29)
    #expect(store.host(needing: .all) == HostTree.small.observed)
  }
}

/// The small tree, whose device is gone after so many questions about it.
///
/// A class, because a store does not change and this one counts.
private final class VanishingStore: Store {
  private let store = SnapshotStore(entries: HostTree.small.entries, unlisted: .absent)
  private let device: HostPath
  private var left: Int

  init(device: HostPath, questions: Int) {
    self.device = device
    left = questions
  }

  var remarks: [ReadProblem] { [] }

  private func isGone(_ name: String, in directory: HostPath) -> Bool {
    guard (directory / name).relative.hasPrefix(device.relative) else { return false }
    left -= 1
    return left < 0
  }

  func names(in directory: HostPath) throws(ReadFailure) -> [String]? {
    isGone("", in: directory) ? nil : try store.names(in: directory)
  }

  func attribute(_ name: String, in directory: HostPath) throws(ReadFailure) -> [UInt8]? {
    isGone(name, in: directory) ? nil : try store.attribute(name, in: directory)
  }

  func excerpt(
    _ excerpt: Excerpt, of name: String, in directory: HostPath
  ) throws(ReadFailure) -> [String]? {
    try store.excerpt(excerpt, of: name, in: directory)
  }

  func link(_ name: String, in directory: HostPath) throws(ReadFailure) -> String? {
    isGone(name, in: directory) ? nil : try store.link(name, in: directory)
  }

  func contains(_ name: String, in directory: HostPath) throws(ReadFailure) -> Bool {
    isGone(name, in: directory) ? false : try store.contains(name, in: directory)
  }

  func openVFIOFiles() -> OpenFileScan { store.openVFIOFiles() }
}
