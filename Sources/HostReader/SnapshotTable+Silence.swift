extension SnapshotTable {
  /// What it means that there is no entry of a path.
  enum Silence {
    /// A directory above was listed, and does not name what is on the way; or it is absent.
    case isAbsence
    /// What should be a directory above is a file or a link.
    case isBelowNone
    case saysNothing
  }

  /// What the entries above say of a path that has none; the nearest counts.
  ///
  /// From the root down, and no further than there are entries: of a long path all that lies above
  /// it would be a long path too.
  ///
  /// - Parameter path: with a slash at its end.
  func silence(about path: Span<UInt8>) -> Silence {
    var silence = Silence.saysNothing
    var directory: UInt32? = DirectoryTrail.root
    var entry = row(Span(), in: DirectoryTrail.root)
    var start = 0
    while start < path.count, directory != nil || entry != nil {
      let end = path.endOfName(from: start)
      let next = directory.flatMap { row(path.extracting(start..<(end - 1)), in: $0) }
      let below = directory.flatMap { row(path.extracting(start..<end), in: $0) }
      start = end
      switch entry?.kind {
      case .absent: silence = .isAbsence
      case .attribute, .link: silence = .isBelowNone
      case .directory:
        let isThere = next.map { $0.kind != .absent } ?? (below?.kind == .subdirectory)
        silence = isThere ? .saysNothing : .isAbsence
      default: break
      }
      (entry, directory) = (next, below?.value)
    }
    return silence
  }

  /// The directory at a path, which has a slash at its end, if there are entries below it.
  func directory(at path: Span<UInt8>, along trail: inout DirectoryTrail) -> UInt32? {
    var start = trail.goBack(towards: path)
    while start < path.count {
      let end = path.endOfName(from: start)
      let name = path.extracting(start..<end)
      guard let row = row(name, in: trail.directory) else { return nil }
      trail.goDown(to: row.value, named: name)
      start = end
    }
    return trail.directory
  }
}
