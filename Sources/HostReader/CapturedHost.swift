import HostModel
import SystemCalls

/// What `--sysroot` names: a directory or a snapshot file.
enum CapturedHost {
  case tree(DirectoryStore)
  case capturedTree(CapturedTree)
  case snapshot(SnapshotStore)

  init(at path: String) throws(SourceError) {
    guard path != "-" else {
      let file = try SourceError.reading("standard input") { () throws(ReadFailure) in
        try ReadFailure.asking(Descriptor.standardInput)
      }
      self = .snapshot(try CapturedHost.snapshot(in: file, named: "standard input"))
      return
    }
    let root = try SourceError.reading(path) { () throws(ReadFailure) in
      try Descriptor.directoryOrFile(at: path)
    }
    if let root {
      self = try CapturedHost.tree(root, at: path)
    } else {
      let file = try SourceError.reading(path) { () throws(ReadFailure) in
        try ReadFailure.asking { () throws(Errno) in try Descriptor.file(at: path) }
      }
      self = .snapshot(try CapturedHost.snapshot(in: file, named: path))
    }
  }

  func host(needing facts: NeededFacts, by readers: Readers) -> ObservedHost {
    switch self {
    case .tree(let store): store.host(needing: facts, by: readers)
    case .capturedTree(let store): store.host(needing: facts, by: readers)
    case .snapshot(let store): store.host(needing: facts, by: readers)
    }
  }

  static func tree(
    _ root: consuming Descriptor, at path: String
  ) throws(SourceError) -> CapturedHost {
    let store = DirectoryStore(root: root, origin: .captured)
    let place = path + "/" + SnapshotTree.notesName
    let notes = try SourceError.reading(place) { () throws(ReadFailure) in
      try store.open(SnapshotTree.notesName, in: .root)
    }
    if let notes {
      return .capturedTree(
        CapturedTree(files: store, notes: try snapshot(in: notes.descriptor, named: place)))
    }
    let names = try SourceError.reading(path + "/sys") { () throws(ReadFailure) in
      try store.names(in: "sys")
    }
    guard names != nil else {
      throw SourceError(
        "\(SourceError.shown(path)) has no sys directory", reason: "no sys directory")
    }
    return .tree(store)
  }

  /// Reads as it parses, and of what is not a snapshot only the start.
  static func snapshot(
    in file: borrowing Descriptor, named name: String
  ) throws(SourceError) -> SnapshotStore {
    var parser = SnapshotParser()
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count: Int
      do {
        count = try file.read(into: &piece)
      } catch {
        throw SourceError(cannotRead: name, ReadFailure(error))
      }
      do {
        guard count == 0 else {
          try parser.take(piece[..<count])
          continue
        }
        return SnapshotStore(try parser.finish(), unlisted: .notCaptured)
      } catch {
        throw SourceError(error, in: name)
      }
    }
  }
}

extension SourceError {
  init(_ error: SnapshotSyntaxError, in name: String) {
    let place = SourceError.shown(name)
    if error.isNoSnapshot {
      self.init(
        "\(place) is not a snapshot: \(error.reason)", reason: "no snapshot: \(error.reason)")
    } else {
      self.init(
        "\(place):\(error.line): \(error.reason)", reason: "line \(error.line): \(error.reason)")
    }
  }

  init(cannotRead path: String, _ failure: ReadFailure) {
    let reason =
      if case .refused(let number) = failure { number.meaning } else { failure.description }
    self.init(cannotRead: path, reason)
  }

  init(cannotRead path: String, _ reason: String) {
    self.init("cannot read \(SourceError.shown(path)): \(reason)", reason: reason)
  }

  /// A path as the user may see it: it can come from a script that globbed a hostile directory.
  static func shown(_ path: String) -> String {
    PrintableText.quoted(PrintableText.escape(path))
  }

  /// Turns the refusal of a question that all others depend on into the error of the command.
  static func reading<Answer: ~Copyable>(
    _ path: String, _ question: () throws(ReadFailure) -> Answer
  ) throws(SourceError) -> Answer {
    do {
      return try question()
    } catch {
      throw SourceError(cannotRead: path, error)
    }
  }
}
