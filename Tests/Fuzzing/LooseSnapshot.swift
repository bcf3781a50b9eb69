import HostModel
import HostReader

/// Lines of a snapshot in any order: each stands alone, and what is not an entry is passed over.
enum LooseSnapshot {
  /// How many lines that contradict others are taken out before the rest is given up.
  private static let patience = 32

  static func entries(of input: [UInt8]) -> SnapshotEntries {
    var entries: SnapshotEntries = [:]
    for line in input.split(separator: UInt8(ascii: "\n")) {
      guard let entry = try? SnapshotFile.parse(file(of: line)) else { continue }
      entries.merge(entry) { old, _ in old }
    }
    return withoutContradictions(entries)
  }

  private static func file(of line: some Collection<UInt8>) -> [UInt8] {
    Array("\(SnapshotFile.header)\n".utf8) + line + Array("\n\(SnapshotFile.footer)\n".utf8)
  }

  /// The parser itself says which entry lies below one that is not a directory.
  private static func withoutContradictions(_ entries: SnapshotEntries) -> SnapshotEntries {
    var entries = entries
    for _ in 0..<patience {
      do {
        return try SnapshotFile.parse(SnapshotFile.write(entries))
      } catch {
        // The first line is the header, the second the first path.
        let paths = entries.keys.sorted()
        guard paths.indices.contains(error.line - 2) else { return [:] }
        entries[paths[error.line - 2]] = nil
      }
    }
    return [:]
  }
}
