package import HostModel

/// A host in memory: the entries of a snapshot file, or a tree that a test composed.
package struct SnapshotStore: Store {
  /// What is the answer about an entry that no entry speaks of.
  package enum Unlisted: Sendable {
    /// There is none: the entries are the whole host.
    case absent
    /// Not known: the entries are what was asked when the snapshot was made.
    case notCaptured
  }

  let entries: SnapshotEntries
  var unlisted: Unlisted
  /// The names below each directory, whether or not it was listed itself.
  private let children: [HostPath: [String]]
  private let facts = CapturedFacts()

  package init(entries: SnapshotEntries, unlisted: Unlisted) {
    self.entries = entries
    self.unlisted = unlisted
    children = SnapshotStore.children(of: entries)
  }

  package var remarks: [ReadProblem] {
    var remarks: [ReadProblem] = []
    var paths = [ReadProblem.remarks]
    while let path = paths.popLast() {
      if let entry = entries[path], let remark = ReadProblem(entry, at: path) {
        remarks.append(remark)
      }
      paths += (children[path] ?? []).map { path / $0 }
    }
    return remarks
  }

  package func names(in directory: HostPath) throws(ReadFailure) -> [String]? {
    let names = children[directory] ?? []
    switch (entries[directory], unlisted) {
    case (.directory, _): return names
    case (.absent, _): return nil
    case (.failed(let failure), _): throw failure
    case (.attribute, _), (.link, _): throw .unexpectedKind
    case (.present, .notCaptured): throw unanswered(directory, isContent: true)
    case (.present, .absent): return names
    case (nil, .absent): return names.isEmpty && !directory.relative.isEmpty ? nil : names
    case (nil, .notCaptured):
      try requireAbsence(of: directory, isContent: true)
      return nil
    }
  }

  package func attribute(
    _ name: String, in directory: HostPath
  ) throws(ReadFailure) -> [UInt8]? {
    guard let bytes = try content(of: directory / name) else { return nil }
    guard bytes.count <= AttributeLimit.bytes else {
      throw .tooLarge(limit: AttributeLimit.bytes)
    }
    return bytes
  }

  package func excerpt(
    _ excerpt: Excerpt, of name: String, in directory: HostPath
  ) throws(ReadFailure) -> [String]? {
    try content(of: directory / name).map(excerpt.lines(of:))
  }

  package func link(_ name: String, in directory: HostPath) throws(ReadFailure) -> String? {
    let path = directory / name
    switch try entry(at: path) {
    case .link(let target): return target
    case .present: throw unanswered(path, isContent: true)
    case .directory, .attribute: throw .unexpectedKind
    case .absent, .failed, nil: return nil
    }
  }

  package func contains(_ name: String, in directory: HostPath) throws(ReadFailure) -> Bool {
    try entry(at: directory / name) != nil
  }

  private func content(of path: HostPath) throws(ReadFailure) -> [UInt8]? {
    switch try entry(at: path) {
    case .attribute(let bytes): return bytes
    case .present: throw unanswered(path, isContent: true)
    case .directory, .link: throw .unexpectedKind
    case .absent, .failed, nil: return nil
    }
  }

  /// The entry at a path, `nil` when the host has none.
  private func entry(at path: HostPath) throws(ReadFailure) -> SnapshotEntry? {
    switch entries[path] {
    case .absent: return nil
    case .failed(let failure): throw failure
    case let entry?: return entry
    case nil:
      // A directory that was not listed, but something below it was asked and is there.
      if children[path] != nil { return .directory }
      try requireAbsence(of: path, isContent: false)
      return nil
    }
  }

  /// Refuses what the host may have had: it had none if a directory above was listed without it, or
  /// is absent.
  private func requireAbsence(of path: HostPath, isContent: Bool) throws(ReadFailure) {
    guard unlisted == .notCaptured else { return }
    var below = path
    while let directory = below.parent {
      switch entries[directory] {
      case .absent: return
      case .attribute, .link: throw .unexpectedKind
      case .directory:
        guard isThere(below) else { return }
        throw unanswered(path, isContent: isContent)
      default: below = directory
      }
    }
    throw unanswered(path, isContent: isContent)
  }

  /// Whether the directory above, if it was listed, names this entry.
  private func isThere(_ path: HostPath) -> Bool {
    guard let entry = entries[path] else { return children[path] != nil }
    return entry != .absent
  }

  /// Why the entries do not answer: the question was never asked, or its answer is missing.
  private func unanswered(_ path: HostPath, isContent: Bool) -> ReadFailure {
    facts.include(path, isContent: isContent && entries[path] == .present) { entries }
      ? .notCaptured : .notAsked
  }

  /// Indexes the entries that are there, with the directories that only their paths name.
  private static func children(of entries: SnapshotEntries) -> [HostPath: [String]] {
    var children: [HostPath: [String]] = [:]
    var named: Set<HostPath> = []
    for (path, entry) in entries where entry != .absent {
      var path = path
      while named.insert(path).inserted, let directory = path.parent {
        children[directory, default: []].append(String(path.name))
        path = directory
      }
    }
    return children.mapValues { names in
      names.sorted(by: ByteOrder.precedes)
    }
  }
}
