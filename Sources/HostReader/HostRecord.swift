package import HostModel

/// A host as it was read, with every question that was asked and its answer.
package struct HostRecord: Sendable {
  package private(set) var host: ObservedHost
  package private(set) var entries: SnapshotEntries

  init(host: ObservedHost, entries: SnapshotEntries) {
    self.host = host
    self.entries = entries
  }

  /// The answers as a snapshot file.
  package var file: [UInt8] { SnapshotFile.write(entries) }

  /// Adds what is wrong with the answers as a whole.
  mutating func add(_ remark: ReadProblem) {
    host = host.adding(remark)
    entries[remark.entryPath] = .failed(remark.failure)
  }
}
