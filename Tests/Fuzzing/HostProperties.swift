import HostModel
import HostReader
import OwnershipAnalysis

/// Whatever entries a snapshot has: every command answers, twice the same, and a capture of the
/// capture is the same host.
enum HostProperties {
  /// Other rules than those of the host's own kernel.
  private static let requests: [KernelRequest] =
    KernelDesign.allCases.map(KernelRequest.design)
    + [KernelVersion(5, 10), KernelVersion(6, 1), KernelVersion(6, 12), KernelVersion(7, 3)]
    .map(KernelRequest.version)

  static func check(_ entries: SnapshotEntries) throws {
    let host = try checkCapture(of: entries)
    let answers = try Answers(of: Analyzer.audit(host, by: nil))
    try answers.check()
    // The rest takes turns by what the input is: each costs as much as all before.
    let turn = entries.keys.reduce(0) { $0 + $1.relative.utf8.count } % (requests.count + 1)
    if turn < requests.count {
      try Answers(of: Analyzer.audit(host, by: requests[turn])).check()
    } else {
      // Another copy of the same values: what depends on a hash comes in another order.
      let copy = SnapshotStore(entries: copy(of: entries), unlisted: .notCaptured)
      let again = copy.host(needing: .all)
      try Violation.unless(again == host, "two readings differ")
      try answers.check(against: Answers(of: Analyzer.audit(again, by: nil)))
    }
  }

  /// The host that the entries show, which is the one that its own capture shows.
  @discardableResult
  static func checkCapture(of entries: SnapshotEntries) throws -> ObservedHost {
    let store = SnapshotStore(entries: entries, unlisted: .notCaptured)
    let record = store.recordedHost()
    let host = record.host
    let captured: SnapshotEntries
    do {
      captured = try SnapshotFile.parse(record.file)
    } catch {
      throw Violation("line \(error.line) of a capture is refused: \(error.reason)")
    }
    let again = SnapshotStore(entries: captured, unlisted: .notCaptured).host(needing: .all)
    try Violation.unless(
      again == host, "a capture is another host:\n\(host.problems)\n\(again.problems)")
    return host
  }

  private static func copy(of entries: SnapshotEntries) -> SnapshotEntries {
    var copy: SnapshotEntries = [:]
    copy.reserveCapacity(2 * entries.count)
    for path in entries.keys.sorted().reversed() { copy[path] = entries[path] }
    return copy
  }
}
