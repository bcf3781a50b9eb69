import HostModel

/// Finds entries that no host can have, such as a file below a file, in one pass of sorted paths.
struct SnapshotAncestry {
  /// The path asked last.
  private var last: HostPath = .root
  /// The lengths of those starts of `last`, shortest first, that are entries which can hold none:
  /// sorting keeps all paths with a common start together.
  private var barriers: [Int] = []

  /// Whether the entry can be there, with those above it; the paths must come sorted.
  mutating func admits(_ entry: SnapshotEntry, at path: HostPath) -> Bool {
    let common = ByteOrder.commonLength(path.relative, last.relative)
    while let length = barriers.last, length > common { barriers.removeLast() }
    last = path
    let new = path.relative.utf8Span.span
    let isBelow = barriers.contains { $0 < new.count && new[$0] == UInt8(ascii: "/") }
    guard entry == .absent || !isBelow else { return false }
    switch entry {
    case .directory, .present, .failed: break
    case .attribute, .link, .absent: barriers.append(new.count)
    }
    return true
  }
}
