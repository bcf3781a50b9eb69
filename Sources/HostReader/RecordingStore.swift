package import HostModel

/// A store that remembers every question with its answer, for a snapshot.
///
/// A class, because the readers ask a store that they cannot change, and this one grows with
/// each question.
package final class RecordingStore<Source: Store>: Store {
  private let source: Source
  private(set) var log = SnapshotLog()
  /// Hides hardware addresses that are names of interfaces.
  private var mask = InterfaceMask()
  /// The directory of the last question, and its number in the log.
  private var last: (path: HostPath, number: UInt32) = (.root, DirectoryTrail.root)

  package init(_ source: Source) {
    self.source = source
  }

  /// Everything that was asked so far.
  package var entries: SnapshotEntries { HostRecord.table(of: log).entries }

  package var remarks: [ReadProblem] {
    let remarks = source.remarks
    for remark in remarks { log.add(.failed(remark.failure), at: remark.entryPath) }
    return remarks
  }

  package func names(in directory: HostPath) throws(ReadFailure) -> [String]? {
    do {
      let names = try source.names(in: directory)
      if directory == "sys/class/net" { mask = InterfaceMask(names ?? []) }
      log.add(names == nil ? .absent : .directory, at: directory)
      // A listing is complete in a snapshot: what was not asked further is there all the same.
      for name in names ?? [] { remember(.present, name, in: directory) }
      return names
    } catch {
      log.add(.failed(error), at: directory)
      throw error
    }
  }

  package func attribute(
    _ name: String, in directory: HostPath
  ) throws(ReadFailure) -> [UInt8]? {
    try remember(name, in: directory) { () throws(ReadFailure) in
      try source.attribute(name, in: directory)
    } entry: { bytes in
      bytes.map(SnapshotEntry.attribute) ?? .absent
    }
  }

  package func excerpt(
    _ excerpt: Excerpt, of name: String, in directory: HostPath
  ) throws(ReadFailure) -> [String]? {
    try remember(name, in: directory) { () throws(ReadFailure) in
      try source.excerpt(excerpt, of: name, in: directory)
    } entry: { lines in
      let bytes = lines.map { lines in lines.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] } }
      return bytes.map(SnapshotEntry.attribute) ?? .absent
    }
  }

  package func link(_ name: String, in directory: HostPath) throws(ReadFailure) -> String? {
    let target: String?
    do {
      target = try source.link(name, in: directory)
    } catch {
      remember(.failed(error), name, in: directory)
      throw error
    }
    if let target {
      remember(.link(mask.isEmpty ? target : mask.masked(target)), name, in: directory)
    } else {
      log.addMissingLink(mask.masked(name).utf8Span.span, in: number(of: directory))
    }
    return target
  }

  package func contains(_ name: String, in directory: HostPath) throws(ReadFailure) -> Bool {
    try remember(name, in: directory) { () throws(ReadFailure) in
      try source.contains(name, in: directory)
    } entry: { isThere in
      isThere ? .present : .absent
    }
  }

  package func openVFIOFiles() -> OpenFileScan {
    let scan = source.openVFIOFiles()
    for (path, entry) in scan.snapshotEntries { log.add(entry, at: path) }
    return scan
  }

  package func openNodes(among nodes: NodeIndex) -> OpenNodeScan {
    let scan = source.openNodes(among: nodes)
    for (path, entry) in scan.snapshotEntries { log.add(entry, at: path) }
    return scan
  }

  /// Asks the source, and writes down the answer or why there is none.
  private func remember<Answer>(
    _ name: String, in directory: HostPath, asking ask: () throws(ReadFailure) -> Answer,
    entry: (Answer) -> SnapshotEntry
  ) throws(ReadFailure) -> Answer {
    do {
      let answer = try ask()
      remember(entry(answer), name, in: directory)
      return answer
    } catch {
      remember(.failed(error), name, in: directory)
      throw error
    }
  }

  private func remember(_ entry: SnapshotEntry, _ name: String, in directory: HostPath) {
    log.add(entry, named: mask.masked(name).utf8Span.span, in: number(of: directory))
  }

  private func number(of directory: HostPath) -> UInt32 {
    if directory != last.path {
      let path = HostPath(mask.masked(directory.relative)) ?? directory
      last = (directory, log.directory(at: path.directoryBytes.span))
    }
    return last.number
  }
}
