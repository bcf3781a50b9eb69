package import HostModel

/// A store that remembers every question with its answer, for a snapshot.
///
/// A class, because the readers ask a store that they cannot change, and this one grows with
/// each question.
package final class RecordingStore<Source: Store>: Store {
  private let source: Source
  private var answers: SnapshotEntries = [:]

  package init(_ source: Source) {
    self.source = source
  }

  /// Everything that was asked so far.
  package var entries: SnapshotEntries { answers.withoutContradictions() }

  package var remarks: [ReadProblem] {
    let remarks = source.remarks
    for remark in remarks { answers[remark.entryPath] = .failed(remark.failure) }
    return remarks
  }

  package func names(in directory: HostPath) throws(ReadFailure) -> [String]? {
    do {
      let names = try source.names(in: directory)
      remember(names == nil ? .absent : .directory, at: directory)
      // A listing is complete in a snapshot: what was not asked further is there all the same.
      for name in names ?? [] { remember(.present, at: directory / name) }
      return names
    } catch {
      throw remember(error, at: directory)
    }
  }

  package func attribute(
    _ name: String, in directory: HostPath
  ) throws(ReadFailure) -> [UInt8]? {
    do {
      let bytes = try source.attribute(name, in: directory)
      remember(bytes.map(SnapshotEntry.attribute) ?? .absent, at: directory / name)
      return bytes
    } catch {
      throw remember(error, at: directory / name)
    }
  }

  package func excerpt(
    _ excerpt: Excerpt, of name: String, in directory: HostPath
  ) throws(ReadFailure) -> [String]? {
    do {
      let lines = try source.excerpt(excerpt, of: name, in: directory)
      let bytes = lines.map { lines in lines.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] } }
      remember(bytes.map(SnapshotEntry.attribute) ?? .absent, at: directory / name)
      return lines
    } catch {
      throw remember(error, at: directory / name)
    }
  }

  package func link(_ name: String, in directory: HostPath) throws(ReadFailure) -> String? {
    do {
      let target = try source.link(name, in: directory)
      let path = directory / name
      // What was listed and is not there is gone: were it absent, a snapshot would not list it.
      let missing = answers[path] == .present ? .failed(.vanished) : SnapshotEntry.absent
      remember(target.map(SnapshotEntry.link) ?? missing, at: path)
      return target
    } catch {
      throw remember(error, at: directory / name)
    }
  }

  package func contains(_ name: String, in directory: HostPath) throws(ReadFailure) -> Bool {
    do {
      let isThere = try source.contains(name, in: directory)
      remember(isThere ? .present : .absent, at: directory / name)
      return isThere
    } catch {
      throw remember(error, at: directory / name)
    }
  }

  package func openVFIOFiles() -> OpenFileScan {
    let scan = source.openVFIOFiles()
    answers.merge(scan.snapshotEntries) { _, new in new }
    return scan
  }

  /// Bare existence never takes the place of what was read, but of what was never asked for.
  private func remember(_ entry: SnapshotEntry, at path: HostPath) {
    switch (entry, answers[path]) {
    case (.present, nil), (.present, .failed(.notAsked)): break
    case (.present, _), (.failed(.notAsked), .present): return
    default: break
    }
    answers[path] = entry
  }

  private func remember(_ failure: ReadFailure, at path: HostPath) -> ReadFailure {
    remember(.failed(failure), at: path)
    return failure
  }
}

extension SnapshotEntries {
  /// The entries without those below a file, a link or nothing: a device that went while it was
  /// read leaves such behind, and no host has them.
  fileprivate func withoutContradictions() -> SnapshotEntries {
    var kept = self
    var ancestry = SnapshotAncestry()
    for path in keys.sorted() {
      guard let entry = self[path] else { continue }
      if !ancestry.admits(entry, at: path) { kept[path] = nil }
    }
    return kept
  }
}
