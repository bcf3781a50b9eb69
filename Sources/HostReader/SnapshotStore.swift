package import HostModel

/// A host in memory: the entries of a snapshot file, or a tree that a test composed.
///
/// A class, because it remembers which directory the last question was about, while the questions
/// themselves change nothing that a reader could see.
package final class SnapshotStore: Store {
  /// What is the answer about an entry that no entry speaks of.
  package enum Unlisted: Sendable {
    /// There is none: the entries are the whole host.
    case absent
    /// Not known: the entries are what was asked when the snapshot was made.
    case notCaptured
  }

  let table: SnapshotTable
  let unlisted: Unlisted
  /// Counted at the first question that no entry answers.
  private lazy var facts = countedFacts ?? table.facts
  private let countedFacts: CapturedFacts?
  private var trail = DirectoryTrail()
  /// The directory of the last question, and its number if the table has anything below it.
  private var last: (path: HostPath, number: UInt32?) = (.root, DirectoryTrail.root)

  /// - Parameter facts: those of the table, where they were counted already.
  init(_ table: SnapshotTable, unlisted: Unlisted, facts: CapturedFacts? = nil) {
    self.table = table
    self.unlisted = unlisted
    countedFacts = facts
  }

  /// Makes another store of the same entries, for another thread.
  var another: @Sendable () -> SnapshotStore {
    { [table, unlisted, facts] in SnapshotStore(table, unlisted: unlisted, facts: facts) }
  }

  package convenience init(entries: SnapshotEntries, unlisted: Unlisted) {
    self.init(SnapshotTable(entries), unlisted: unlisted)
  }

  package var remarks: [ReadProblem] {
    let start = ReadProblem.remarks.directoryBytes
    guard let below = table.row(start.span, in: DirectoryTrail.root) else { return [] }
    var remarks: [ReadProblem] = []
    table.forEachRow(in: below.value, at: start) { path, row in
      let path = HostPath(ofEntry: path.span)
      if let remark = ReadProblem(table.entry(of: row), at: path) { remarks.append(remark) }
    }
    return remarks
  }

  package func mayList(_ directory: HostPath) -> Bool { row(at: directory)?.kind == .directory }

  package func names(in directory: HostPath) throws(ReadFailure) -> [String]? {
    let row = row(at: directory)
    switch (row?.kind, unlisted) {
    case (.absent, _): return nil
    case (.failed, _): throw row.map(table.failure) ?? .notCaptured
    case (.attribute, _), (.link, _): throw .unexpectedKind
    case (.present, .notCaptured): throw unanswered(directory, isContent: true)
    case (nil, .notCaptured):
      try requireAbsence(of: directory, isContent: true)
      return nil
    default: break
    }
    let names = number(of: directory).map(table.names) ?? []
    guard names.count <= AttributeLimit.entries else {
      throw .tooManyEntries(limit: AttributeLimit.entries)
    }
    return row == nil && names.isEmpty && directory != .root ? nil : names
  }

  package func attribute(
    _ name: String, in directory: HostPath
  ) throws(ReadFailure) -> [UInt8]? {
    guard let bytes = try content(of: name, in: directory) else { return nil }
    guard bytes.count <= AttributeLimit.bytes else {
      throw .tooLarge(limit: AttributeLimit.bytes)
    }
    return Array(bytes)
  }

  package func excerpt(
    _ excerpt: Excerpt, of name: String, in directory: HostPath
  ) throws(ReadFailure) -> [String]? {
    try content(of: name, in: directory).map { excerpt.lines(of: Array($0)) }
  }

  package func link(_ name: String, in directory: HostPath) throws(ReadFailure) -> String? {
    let answer = try answer(name, in: directory)
    switch answer?.kind {
    case .link: return answer.map { String(decoding: table.texts[$0.value], as: UTF8.self) }
    case .present: throw unanswered(directory / name, isContent: true)
    case nil: return nil
    default: throw .unexpectedKind
    }
  }

  package func contains(_ name: String, in directory: HostPath) throws(ReadFailure) -> Bool {
    try answer(name, in: directory) != nil
  }

  private func content(
    of name: String, in directory: HostPath
  ) throws(ReadFailure) -> ArraySlice<UInt8>? {
    let answer = try answer(name, in: directory)
    switch answer?.kind {
    case .attribute: return answer.map { table.texts[$0.value] }
    case .present: throw unanswered(directory / name, isContent: true)
    case nil: return nil
    default: throw .unexpectedKind
    }
  }

  /// The row that answers a question, `nil` when the host has no such entry.
  private func answer(
    _ name: String, in directory: HostPath
  ) throws(ReadFailure) -> SnapshotTable.Row? {
    if let number = number(of: directory) {
      if let row = table.row(name.utf8Span.span, in: number) {
        switch row.kind {
        case .absent: return nil
        case .failed: throw table.failure(of: row)
        default: return row
        }
      }
      // A directory that was not listed, but something below it was asked and is there.
      let subdirectory = Array(name.utf8) + [UInt8(ascii: "/")]
      if let row = table.row(subdirectory.span, in: number), row.kind == .subdirectory {
        return row
      }
    }
    try requireAbsence(of: directory / name, isContent: false)
    return nil
  }

  /// The number of a directory below which the table has anything.
  private func number(of directory: HostPath) -> UInt32? {
    if directory != last.path {
      last = (directory, table.directory(at: directory.directoryBytes.span, along: &trail))
    }
    return last.number
  }

  /// The row of the entry at a path.
  func row(at path: HostPath) -> SnapshotTable.Row? {
    let bytes = path.relative.utf8Span.span
    let name = bytes.startOfLastName
    return table.directory(at: bytes.extracting(..<name), along: &trail).flatMap {
      table.row(bytes.extracting(name...), in: $0)
    }
  }

  func entry(at path: HostPath) -> SnapshotEntry? { row(at: path).map(table.entry) }

  /// Refuses what the host may have had: it had none if a directory above was listed without it, or
  /// is absent.
  private func requireAbsence(of path: HostPath, isContent: Bool) throws(ReadFailure) {
    guard unlisted == .notCaptured else { return }
    switch table.silence(about: path.directoryBytes.span) {
    case .isAbsence: return
    case .isBelowNone: throw .unexpectedKind
    case .saysNothing: throw unanswered(path, isContent: isContent)
    }
  }

  /// Why the entries do not answer: the question was never asked, or its answer is missing.
  private func unanswered(_ path: HostPath, isContent: Bool) -> ReadFailure {
    let isContent = isContent && row(at: path)?.kind == .present
    return facts.include(path, isContent: isContent) ? .notCaptured : .notAsked
  }
}
