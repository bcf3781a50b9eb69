package import HostModel

extension SnapshotTable {
  /// Visits every entry below a directory, in the order of their paths.
  ///
  /// - Parameter start: the path of the directory, with a slash at its end; empty for the root.
  func forEachRow<Failure: Error>(
    in directory: UInt32 = DirectoryTrail.root, at start: [UInt8] = [],
    _ visit: (_ path: [UInt8], _ row: Row) throws(Failure) -> Void
  ) throws(Failure) {
    var path = start
    // A list instead of recursion: how deep entries lie is up to whoever wrote the snapshot.
    var directories = [(rows: rows(of: directory), pathLength: start.count)]
    while let (left, length) = directories.popLast() {
      path.removeLast(path.count - length)
      guard let index = left.first else { continue }
      directories.append((left.dropFirst(), length))
      let row = rows[index]
      path += texts[row.name]
      if row.kind.isSubdirectory {
        directories.append((rows(of: row.value), path.count))
      } else {
        try visit(path, row)
      }
    }
  }

  /// The same with the entries as values, which costs more.
  package func forEachEntry<Failure: Error>(
    _ visit: (HostPath, SnapshotEntry) throws(Failure) -> Void
  ) throws(Failure) {
    try forEachRow { (path, row) throws(Failure) in
      try visit(HostPath(ofEntry: path.span), entry(of: row))
    }
  }

  /// How many entries there are.
  package var count: Int { rows.count { !$0.kind.isSubdirectory } }
}

extension HostPath {
  /// A path of a snapshot's entry, which was a path before.
  init(ofEntry path: Span<UInt8>) {
    self = .root
    guard !path.isEmpty else { return }
    self = .root / String(decoding: [UInt8](path), as: UTF8.self)
  }
}

/// The same entries in either form.
extension SnapshotTable {
  init(_ entries: SnapshotEntries) {
    var log = SnapshotLog()
    for (path, entry) in entries { log.add(entry, at: path) }
    self = log.table()
  }

  package var entries: SnapshotEntries {
    var entries: SnapshotEntries = [:]
    forEachEntry { entries[$0] = $1 }
    return entries
  }
}
