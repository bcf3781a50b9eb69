import HostModel

/// A tree with notes, as ``SnapshotTree`` writes it: it answers what its snapshot answers.
///
/// The notes have what no tree can hold. Where the tree has a file or a link all the same, somebody
/// put it there afterwards, and the tree is right. A class, because what it has of every device is
/// counted once, at the first entry that is missing.
final class CapturedTree: Store {
  private let files: DirectoryStore
  private let notes: SnapshotStore
  /// Once they were counted.
  private var counted: CapturedFacts?

  init(files: DirectoryStore, notes: SnapshotStore, facts: CapturedFacts? = nil) {
    self.files = files
    self.notes = notes
    counted = facts
  }

  private var facts: CapturedFacts {
    let facts = counted ?? allFacts
    counted = facts
    return facts
  }

  var anotherReader: (@Sendable () -> CapturedTree?)? {
    guard let makeFiles = files.anotherReader else { return nil }
    let makeNotes = notes.another
    return { [facts] in
      guard let files = makeFiles() else { return nil }
      return CapturedTree(files: files, notes: makeNotes(), facts: facts)
    }
  }

  var remarks: [ReadProblem] { notes.remarks }

  func names(in directory: HostPath) throws(ReadFailure) -> [String]? {
    switch notes.entry(at: directory) {
    case .directory:
      let noted = try notes.names(in: directory) ?? []
      let found = try files.names(in: directory) ?? []
      // An entry that gave no answer is in the notes alone.
      return Set((noted + found).map(EntryName.init)).sorted().map(\.text)
    case .absent:
      return try files.names(in: directory)
    case nil:
      // A directory that is there and was not listed may have held more.
      guard try files.names(in: directory) == nil else {
        throw unanswered(directory, isContent: false)
      }
      return try noted(directory) { () throws(ReadFailure) in try notes.names(in: directory) }
    case .attribute, .present, .link, .failed:
      return try noted(directory) { () throws(ReadFailure) in try notes.names(in: directory) }
    }
  }

  func attribute(_ name: String, in directory: HostPath) throws(ReadFailure) -> [UInt8]? {
    if try isOfTree(name, in: directory), let bytes = try files.attribute(name, in: directory) {
      return bytes
    }
    return try noted(directory / name) { () throws(ReadFailure) in
      try notes.attribute(name, in: directory)
    }
  }

  func excerpt(
    _ excerpt: Excerpt, of name: String, in directory: HostPath
  ) throws(ReadFailure) -> [String]? {
    if try isOfTree(name, in: directory),
      let lines = try files.excerpt(excerpt, of: name, in: directory)
    {
      return lines
    }
    return try noted(directory / name) { () throws(ReadFailure) in
      try notes.excerpt(excerpt, of: name, in: directory)
    }
  }

  func link(_ name: String, in directory: HostPath) throws(ReadFailure) -> String? {
    if try isOfTree(name, in: directory), let target = try files.link(name, in: directory) {
      return target
    }
    return try noted(directory / name) { () throws(ReadFailure) in
      try notes.link(name, in: directory)
    }
  }

  func contains(_ name: String, in directory: HostPath) throws(ReadFailure) -> Bool {
    if try isOfTree(name, in: directory), try files.contains(name, in: directory) { return true }
    return try noted(directory / name) { () throws(ReadFailure) in
      try notes.contains(name, in: directory)
    }
  }

  func openVFIOFiles() -> OpenFileScan {
    var scan = ProcessScan(files)
    let found = scan.runOverAll()
    let coverage = notes.openVFIOFiles().coverage
    let isShort = scan.wasRefused && coverage == .complete
    return OpenFileScan(files: found, coverage: isShort ? .partial : coverage)
  }

  func openNodes(among nodes: NodeIndex) -> OpenNodeScan {
    var scan = NodeScan(files, among: nodes)
    let found = scan.runOverAll()
    let coverage = notes.openNodes(among: nodes).coverage
    let isShort = scan.wasRefused && coverage == .complete
    return OpenNodeScan(nodes: found, coverage: isShort ? .partial : coverage)
  }

  /// Whether the tree answers: the notes say nothing of the path, or the tree was changed after them.
  private func isOfTree(_ name: String, in directory: HostPath) throws(ReadFailure) -> Bool {
    switch notes.entry(at: directory / name) {
    case nil: true
    // A directory stands for whatever was there and not read.
    case .directory, .present, .failed: try files.isFileOrLink(name, in: directory)
    case .absent, .attribute, .link: try files.contains(name, in: directory)
    }
  }

  /// What the notes answer; that they lack a fact says little, since most are in the tree.
  private func noted<Answer>(
    _ path: HostPath, _ answer: () throws(ReadFailure) -> Answer
  ) throws(ReadFailure) -> Answer {
    do {
      return try answer()
    } catch .notAsked where notes.entry(at: path) != .failed(.notAsked) {
      throw unanswered(path, isContent: notes.entry(at: path) == .present)
    } catch .notCaptured where notes.entry(at: path) != .failed(.notCaptured) {
      throw unanswered(path, isContent: notes.entry(at: path) == .present)
    } catch {
      throw error
    }
  }

  private func unanswered(_ path: HostPath, isContent: Bool) -> ReadFailure {
    facts.include(path, isContent: isContent) ? .notCaptured : .notAsked
  }

  /// The facts that notes and tree have.
  private var allFacts: CapturedFacts {
    var facts = notes.table.facts
    for (path, entry) in files.entriesWithoutContent()
    where !path.isOfRemark && notes.row(at: path) == nil {
      facts.add(entry == .link("") ? .link : .attribute, at: path)
    }
    return facts
  }
}
