package import HostModel

/// A host as it was read, with every question that was asked and its answer.
package struct HostRecord: Sendable {
  package private(set) var host: ObservedHost
  private var log: SnapshotLog

  init(host: ObservedHost, log: SnapshotLog) {
    self.host = host
    self.log = log
  }

  /// The answers, once the host is no longer needed: both take memory.
  package consuming func answers() -> SnapshotTable { HostRecord.table(of: takeLog()) }

  /// The host ends here.
  private consuming func takeLog() -> SnapshotLog { log }

  package var entries: SnapshotEntries { HostRecord.table(of: log).entries }

  /// The answers as a snapshot file.
  package var file: [UInt8] { SnapshotFile.write(HostRecord.table(of: log)) }

  /// Adds what is wrong with the answers as a whole.
  mutating func add(_ remark: ReadProblem) {
    host = host.adding(remark)
    log.add(.failed(remark.failure), at: remark.entryPath)
  }

  static func table(of log: consuming SnapshotLog) -> SnapshotTable {
    var table = log.table()
    table.dropContradictions()
    return table
  }
}
