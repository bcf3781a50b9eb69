import HostModel

/// What the writer of a capture asked every host for, as far as the capture shows.
///
/// A capture holds an entry for each question, whatever the answer was. So a fact of which it has
/// no entry at all is one that its writer never asked for: it is of an earlier version, or whoever
/// edited it took the fact out. Where it has entries for other devices, one that is missing is a
/// damage.
struct CapturedFacts {
  /// Facts of which there is any entry.
  private var asked: Set<HostPath> = []
  /// Facts of which there is an entry with more than existence.
  private var answered: Set<HostPath> = []

  /// Whether the writer asked for the fact that belongs at this path.
  ///
  /// - Parameter isContent: whether its content is in question, and not existence alone.
  func include(_ path: HostPath, isContent: Bool) -> Bool {
    (isContent ? answered : asked).contains(path.fact)
  }

  mutating func add(_ kind: SnapshotTable.Kind, at path: HostPath) {
    let fact = path.fact
    asked.insert(fact)
    if kind.isAnswer { answered.insert(fact) }
  }
}

extension SnapshotTable {
  /// The facts that the entries show.
  var facts: CapturedFacts {
    var facts = CapturedFacts()
    let devices = Array("sys/devices/".utf8)
    // Below /sys/devices the name alone makes the fact: once for each name is enough.
    var seen: [UInt32: Kind] = [:]
    forEachRow { path, row in
      guard !HostPath.isOfRemark(path), !(row.kind == .failed && failure(of: row) == .notAsked)
      else { return }
      if path.starts(with: devices) {
        if let kind = seen[row.name], kind.isAnswer || !row.kind.isAnswer { return }
        seen[row.name] = row.kind
      }
      facts.add(row.kind, at: HostPath(ofEntry: path.span))
    }
    return facts
  }
}

extension SnapshotTable.Kind {
  /// Whether the entry says more than that it is there or not.
  fileprivate var isAnswer: Bool {
    switch self {
    case .directory, .attribute, .link, .failed: true
    default: false
    }
  }
}
