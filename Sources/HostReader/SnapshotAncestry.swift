/// Finds entries that no host can have, such as a file below a file, in one pass of sorted paths.
struct SnapshotAncestry {
  /// The lengths of those starts of the last path, shortest first, that are entries which can hold
  /// none: sorting keeps all paths with a common start together.
  private var barriers: [Int] = []

  /// Whether the entry can be there, with those above it; the paths must come sorted.
  ///
  /// - Parameter common: how long a start the path shares with the last one.
  mutating func admits(
    _ kind: SnapshotTable.Kind, at path: Span<UInt8>, sharing common: Int
  ) -> Bool {
    while let length = barriers.last, length > common { barriers.removeLast() }
    let isBelow = barriers.contains { $0 < path.count && path[$0] == UInt8(ascii: "/") }
    guard kind == .absent || !isBelow else { return false }
    switch kind {
    case .attribute, .link, .absent: barriers.append(path.count)
    default: break
    }
    return true
  }
}
