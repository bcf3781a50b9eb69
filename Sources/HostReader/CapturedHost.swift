import HostModel

/// What `--sysroot` names: a directory or a snapshot file.
enum CapturedHost {
  case tree(DirectoryStore)
  case snapshot(SnapshotStore)

  init(at path: String) throws(SourceError) {
    guard path != "-" else {
      let file = try SourceError.reading("standard input", OpenFile.standardInput)
      self = .snapshot(try CapturedHost.snapshot(in: file, named: "standard input"))
      return
    }
    let root = try SourceError.reading(path) { () throws(ReadFailure) in
      try OpenFile.directory(named: path)
    }
    if let root {
      self = .tree(try CapturedHost.tree(root, at: path))
    } else {
      let file = try SourceError.reading(path) { () throws(ReadFailure) in
        try OpenFile.named(path)
      }
      self = .snapshot(try CapturedHost.snapshot(in: file, named: path))
    }
  }

  func host(_ depth: ReadDepth) -> HostSnapshot {
    switch self {
    case .tree(let store): store.host(depth)
    case .snapshot(let store): store.host(depth)
    }
  }

  static func tree(
    _ root: consuming OpenFile, at path: String
  ) throws(SourceError) -> DirectoryStore {
    let store = DirectoryStore(root: root, origin: .captured)
    let names = try SourceError.reading(path + "/sys") { () throws(ReadFailure) in
      try store.names(in: "sys")
    }
    guard names != nil else {
      throw SourceError(
        "\(SourceError.shown(path)) has no sys directory", reason: "no sys directory")
    }
    return store
  }

  static func snapshot(
    in file: consuming OpenFile, named name: String
  ) throws(SourceError) -> SnapshotStore {
    let bytes = try contents(of: file, named: name)
    do {
      return SnapshotStore(entries: try SnapshotFile.parse(bytes), unlisted: .notCaptured)
    } catch {
      let place = SourceError.shown(name)
      throw error.isNoSnapshot
        ? SourceError(
          "\(place) is not a snapshot: \(error.reason)", reason: "no snapshot: \(error.reason)")
        : SourceError(
          "\(place):\(error.line): \(error.reason)", reason: "line \(error.line): \(error.reason)")
    }
  }

  /// Reads to the end, but of what is no snapshot only the start.
  private static func contents(
    of file: borrowing OpenFile, named name: String
  ) throws(SourceError) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count: Int
      do {
        count = try file.read(into: &piece)
      } catch {
        throw SourceError(cannotRead: name, error)
      }
      bytes += piece[..<count]
      guard count > 0, bytes.starts(with: SnapshotFile.header.utf8.prefix(bytes.count)) else {
        return bytes
      }
      guard bytes.count <= SnapshotFile.limit else {
        throw SourceError(cannotRead: name, .tooLarge(limit: SnapshotFile.limit))
      }
    }
  }
}

extension SourceError {
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
