import HostModel

/// A tree with notes, as ``SnapshotTree`` writes it: it answers what its snapshot answers.
///
/// What the notes tell of a path stands, also where the tree holds something else: a file that was
/// denied stays denied for root.
struct CapturedTree: Store {
  private let files: DirectoryStore
  private let notes: SnapshotStore

  init(files: DirectoryStore, notes: SnapshotStore) {
    self.files = files
    self.notes = notes
  }

  var remarks: [ReadProblem] { notes.remarks }

  func names(in directory: HostPath) throws(ReadFailure) -> [String]? {
    switch notes.entries[directory] {
    case .directory:
      let noted = try notes.names(in: directory) ?? []
      let found = try files.names(in: directory) ?? []
      // An entry that gave no answer is in the notes alone.
      let all = Set(noted).union(found)
      return all.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    case nil:
      // A directory that is there and was not listed may have held more.
      guard try files.names(in: directory) == nil else { throw .notCaptured }
      return try notes.names(in: directory)
    case .attribute, .present, .link, .absent, .failed:
      return try notes.names(in: directory)
    }
  }

  func attribute(_ name: String, in directory: HostPath) throws(ReadFailure) -> [UInt8]? {
    if isSilent(on: directory / name), let bytes = try files.attribute(name, in: directory) {
      return bytes
    }
    return try notes.attribute(name, in: directory)
  }

  func excerpt(
    _ excerpt: Excerpt, of name: String, in directory: HostPath
  ) throws(ReadFailure) -> [String]? {
    if isSilent(on: directory / name),
      let lines = try files.excerpt(excerpt, of: name, in: directory)
    {
      return lines
    }
    return try notes.excerpt(excerpt, of: name, in: directory)
  }

  func link(_ name: String, in directory: HostPath) throws(ReadFailure) -> String? {
    if isSilent(on: directory / name), let target = try files.link(name, in: directory) {
      return target
    }
    return try notes.link(name, in: directory)
  }

  func contains(_ name: String, in directory: HostPath) throws(ReadFailure) -> Bool {
    if isSilent(on: directory / name), try files.contains(name, in: directory) { return true }
    return try notes.contains(name, in: directory)
  }

  func openVFIOFiles() -> OpenFileScan {
    var scan = ProcessScan(files)
    let found = scan.runOverAll()
    let coverage = notes.openVFIOFiles().coverage
    let isShort = scan.wasRefused && coverage == .complete
    return OpenFileScan(files: found, coverage: isShort ? .partial : coverage)
  }

  private func isSilent(on path: HostPath) -> Bool { notes.entries[path] == nil }
}
