import HostModel

/// Tells entries that no host can have, such as a file below a file, in one pass of sorted paths.
struct SnapshotAncestry {
  /// Entries whose path is the start of the current one, outermost first; sorting keeps all paths
  /// with a common start together.
  private var above: [(path: String, canHoldEntries: Bool)] = []

  /// Whether the entry can be there, with those above it; the paths must come sorted.
  mutating func admits(_ entry: SnapshotEntry, at path: HostPath) -> Bool {
    let bytes = path.relative.utf8
    while let last = above.last, !bytes.starts(with: last.path.utf8) { above.removeLast() }
    let isAbsent = entry == .absent
    let contradicts =
      !isAbsent
      && above.contains { entry in
        let next = bytes.index(bytes.startIndex, offsetBy: entry.path.utf8.count)
        return !entry.canHoldEntries && next < bytes.endIndex && bytes[next] == UInt8(ascii: "/")
      }
    guard !contradicts else { return false }
    let canHoldEntries =
      switch entry {
      case .directory, .present, .failed: true
      case .attribute, .link, .absent: false
      }
    above.append((path.relative, canHoldEntries))
    return true
  }
}
