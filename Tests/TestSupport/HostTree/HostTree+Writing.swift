package import HostModel
package import HostReader

extension HostTree {
  /// Writes the host below a directory that exists, as `--sysroot` takes it.
  package func write(to directory: String) throws(TreeFiles.Failure) {
    try TreeFiles.write(entries, to: directory)
  }

  /// The host as a snapshot file: the answers to all that the reader of predictions asks.
  package var snapshot: [UInt8] {
    HostTree.snapshot(of: entries)
  }

  /// What the reader asks of a composed host, and what it answers.
  ///
  /// A host that says nothing of its block devices is one whose capture was not asked what they are
  /// used for.
  package static func snapshot(of entries: SnapshotEntries) -> [UInt8] {
    let record = SnapshotStore(entries: entries, unlisted: .absent).recordedHost()
    let blocks: HostPath = "sys/dev/block"
    guard entries[blocks] == nil else { return record.file }
    var asked = record.entries
    asked[blocks] = nil
    return SnapshotFile.write(asked)
  }
}

extension HostTree {
  /// The host as an audit reads it.
  package var observed: ObservedHost { entries.observed }
}

extension SnapshotEntries {
  /// The host as an audit reads it; what is not listed is not there.
  package var observed: ObservedHost {
    SnapshotStore(entries: self, unlisted: .absent).host(needing: .all)
  }
}
