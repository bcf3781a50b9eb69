package import HostModel
import HostReader

extension HostTree {
  /// Writes the host below a directory that exists, as `--sysroot` takes it.
  package func write(to directory: String) throws(TreeFiles.Failure) {
    try TreeFiles.write(entries, to: directory)
  }

  /// The host as a snapshot file: the answers to all that the reader of predictions asks.
  package var snapshot: [UInt8] {
    SnapshotStore(entries: entries, unlisted: .absent).recordedHost().file
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
