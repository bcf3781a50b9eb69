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
