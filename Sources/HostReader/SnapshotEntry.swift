package import HostModel

/// One entry of a snapshot: what the host answered about one path.
package enum SnapshotEntry: Sendable, Equatable {
  case directory
  /// A regular file with its content.
  case attribute([UInt8])
  /// An entry that is there and was not read: only its existence was asked.
  case present
  /// A symbolic link and its text.
  case link(String)
  /// The host was asked and has no such entry.
  case absent
  /// The host was asked and did not answer.
  case failed(ReadFailure)
}

/// The entries of a snapshot by path.
package typealias SnapshotEntries = [HostPath: SnapshotEntry]
