import HostModel
import SystemCalls

/// The entries of a snapshot in little memory: some 30 bytes for each, since a host repeats itself.
///
/// Directories have numbers, and rows that are sorted by name. A subdirectory is a row whose name
/// has a slash at its end, beside the row of its entry, if it has one. So rows that are walked
/// through from the root down, a subdirectory at its place, are in the order of their paths.
package struct SnapshotTable: Sendable {
  let texts: TextTable
  /// The rows of all directories, one directory after the other.
  private(set) var rows: [Row]
  /// Where the rows of each directory end; they start where those of the one before end.
  private var ends: [Int]

  struct Row {
    /// The number of the text of its name. The entry of the root has an empty one, in the root.
    var name: UInt32
    /// The number of the text that the entry holds; of a subdirectory its own number.
    var value: UInt32
    var kind: Kind
  }

  enum Kind: UInt8 {
    case directory, present, absent
    /// With their content, their target and their reason as ``ReadFailure/snapshotReason``.
    case attribute, link, failed
    /// Below this directory is an entry of something that is there.
    case subdirectory
    /// All entries below this directory are of what is absent.
    case emptySubdirectory
    /// While answers are collected: a link that is not there. See ``SnapshotLog``.
    case noLink

    /// Whether the row is not an entry, but leads to others.
    var isSubdirectory: Bool { self == .subdirectory || self == .emptySubdirectory }
  }

  /// - Parameter rows: those of a directory sorted by name; a subdirectory has the higher number.
  init(texts: TextTable, rows: [Row], ends: [Int]) {
    self.texts = texts
    self.rows = rows
    self.ends = ends
    markEmptySubdirectories()
  }

  func rows(of directory: UInt32) -> Range<Int> {
    (directory == 0 ? 0 : ends[Int(directory) - 1])..<ends[Int(directory)]
  }

  /// The row of a name; that of a subdirectory, if the name has a slash at its end.
  func row(_ name: Span<UInt8>, in directory: UInt32) -> Row? {
    let bytes = texts.bytes.span
    var range = rows(of: directory)
    // By halves.
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      let row = bytes.extracting(texts.range(of: rows[middle].name))
      let common = row.commonLength(with: name)
      if common == row.count, common == name.count { return rows[middle] }
      let isBefore = common < name.count && (common == row.count || row[common] < name[common])
      range = isBefore ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
    }
    return nil
  }

  /// The names of what is there in a directory, sorted.
  func names(in directory: UInt32) -> [String] {
    var names: [String] = []
    var isSorted = true
    for index in rows(of: directory) {
      let row = rows[index]
      let name = texts.range(of: row.name)
      switch row.kind {
      case .absent, .emptySubdirectory: continue
      case .subdirectory:
        let plain = texts.bytes.span.extracting(name.dropLast())
        if let entry = self.row(plain, in: directory), entry.kind != .absent { continue }
        names.append(String(decoding: texts.bytes[name].dropLast(), as: UTF8.self))
        // It stands at the place of its name with the slash.
        isSorted = false
      default:
        guard !name.isEmpty else { continue }
        names.append(String(decoding: texts.bytes[name], as: UTF8.self))
      }
    }
    return isSorted ? names : names.sorted(by: ByteOrder.precedes)
  }

  func entry(of row: Row) -> SnapshotEntry {
    switch row.kind {
    case .directory, .subdirectory, .emptySubdirectory: .directory
    case .present: .present
    case .absent, .noLink: .absent
    case .attribute: .attribute(Array(texts[row.value]))
    case .link: .link(String(decoding: texts[row.value], as: UTF8.self))
    case .failed: .failed(failure(of: row))
    }
  }

  func failure(of row: Row) -> ReadFailure {
    let reason = String(decoding: texts[row.value], as: UTF8.self)
    // Nothing else was written into the table.
    return ReadFailure(snapshotReason: reason) ?? .notCaptured
  }

  /// Leaves out what is below a file, a link or nothing. A device that went while it was read leaves
  /// such behind, and no host has them.
  mutating func dropContradictions() {
    let isBarred = directoriesBelowNone
    var start = 0
    var kept = 0
    for directory in ends.indices {
      let range = start..<ends[directory]
      start = range.upperBound
      for index in range {
        let kind = rows[index].kind
        guard !isBarred[directory] || kind == .absent || kind.isSubdirectory else { continue }
        rows[kept] = rows[index]
        kept += 1
      }
      ends[directory] = kept
    }
    rows.removeLast(rows.count - kept)
    markEmptySubdirectories()
  }

  /// Whether each directory is one, or is below an entry that is not.
  private var directoriesBelowNone: [Bool] {
    var isBelowNone = [Bool](repeating: false, count: ends.count)
    for directory in ends.indices {
      for row in rows[rows(of: UInt32(directory))] where row.kind.isSubdirectory {
        let name = texts.bytes.span.extracting(texts.range(of: row.name).dropLast())
        let isNone =
          switch self.row(name, in: UInt32(directory))?.kind {
          case .attribute, .link, .absent: true
          default: false
          }
        isBelowNone[Int(row.value)] = isNone || isBelowNone[directory]
      }
    }
    return isBelowNone
  }

  private mutating func markEmptySubdirectories() {
    var isEmpty = [Bool](repeating: true, count: ends.count)
    for directory in ends.indices.reversed() {
      for index in rows(of: UInt32(directory)) {
        if rows[index].kind.isSubdirectory {
          let isEmpty = isEmpty[Int(rows[index].value)]
          rows[index].kind = isEmpty ? .emptySubdirectory : .subdirectory
        }
        switch rows[index].kind {
        case .absent, .emptySubdirectory: break
        default: isEmpty[directory] = false
        }
      }
    }
  }
}
