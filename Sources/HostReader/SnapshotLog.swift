import HostModel

/// Answers about entries, in whatever order they come, on their way into a table.
///
/// Of several answers about one entry a later one counts, but bare existence never takes the place
/// of what was read, only of what was never asked for.
struct SnapshotLog {
  typealias Row = SnapshotTable.Row

  private var texts = TextTable()
  private var answers: [(directory: UInt32, row: Row)] = []
  /// The number of each directory by that of its parent and of its name. A parent has the lower
  /// number.
  private var directories: [UInt64: UInt32] = [:]
  private var trail = DirectoryTrail()
  /// Texts that are asked for often: no text, and reasons of failures.
  private let nothing: UInt32
  private let vanished: UInt32
  private let notAsked: UInt32

  init() {
    nothing = texts.number(of: Span())
    vanished = texts.number(of: ReadFailure.vanished.snapshotReason.utf8Span.span)
    notAsked = texts.number(of: ReadFailure.notAsked.snapshotReason.utf8Span.span)
  }

  /// The directory at a path, which has a slash at its end; those above it are added too.
  mutating func directory(at path: Span<UInt8>) -> UInt32 {
    var start = trail.goBack(towards: path)
    while start < path.count {
      let end = path.endOfName(from: start)
      let name = path.extracting(start..<end)
      trail.goDown(to: subdirectory(name, of: trail.directory), named: name)
      start = end
    }
    return trail.directory
  }

  private mutating func subdirectory(_ name: Span<UInt8>, of parent: UInt32) -> UInt32 {
    let name = texts.number(of: name)
    let key = UInt64(parent) << 32 | UInt64(name)
    if let known = directories[key] { return known }
    let number = UInt32(directories.count + 1)
    directories[key] = number
    answers.append((parent, Row(name: name, value: number, kind: .subdirectory)))
    return number
  }

  /// Adds an answer.
  ///
  /// - Parameter value: the content of a file, the target of a link, the reason of a failure.
  mutating func add(
    _ name: Span<UInt8>, in directory: UInt32, _ kind: SnapshotTable.Kind, _ value: Span<UInt8>
  ) {
    let value = value.isEmpty ? nothing : texts.number(of: value)
    answers.append((directory, Row(name: texts.number(of: name), value: value, kind: kind)))
  }

  /// Adds that a link was asked for and is not there.
  mutating func addMissingLink(_ name: Span<UInt8>, in directory: UInt32) {
    add(name, in: directory, .noLink, Span())
  }

  mutating func add(_ entry: SnapshotEntry, at path: HostPath) {
    let path = path.relative.utf8Span.span
    let start = path.startOfLastName
    add(
      entry, named: path.extracting(start...), in: directory(at: path.extracting(..<start)))
  }

  mutating func add(_ entry: SnapshotEntry, named name: Span<UInt8>, in directory: UInt32) {
    switch entry {
    case .directory: add(name, in: directory, .directory, Span())
    case .present: add(name, in: directory, .present, Span())
    case .absent: add(name, in: directory, .absent, Span())
    case .attribute(let bytes): add(name, in: directory, .attribute, bytes.span)
    case .link(let target): add(name, in: directory, .link, target.utf8Span.span)
    case .failed(let failure):
      add(name, in: directory, .failed, failure.snapshotReason.utf8Span.span)
    }
  }
}

extension SnapshotLog {
  /// The answers by directory and name.
  consuming func table() -> SnapshotTable {
    var ends = [Int](repeating: 0, count: directories.count + 1)
    directories = [:]
    var rows = takeRows(endingAt: &ends)
    var start = 0
    var kept = 0
    for directory in ends.indices {
      let range = start..<ends[directory]
      start = range.upperBound
      sortByName(&rows, in: range)
      let first = kept
      for index in range {
        let row = rows[index]
        if kept > first, rows[kept - 1].name == row.name {
          rows[kept - 1] = later(row, after: rows[kept - 1])
        } else {
          rows[kept] = later(row, after: nil)
          kept += 1
        }
      }
      ends[directory] = kept
    }
    rows.removeLast(rows.count - kept)
    return SnapshotTable(texts: texts, rows: rows, ends: ends)
  }

  /// The rows by directory, those of one directory in the order in which they came.
  private mutating func takeRows(endingAt ends: inout [Int]) -> [Row] {
    for answer in answers { ends[Int(answer.directory)] += 1 }
    var sum = 0
    for directory in ends.indices {
      // Where the next row of the directory belongs; its end, once all are there.
      let count = ends[directory]
      ends[directory] = sum
      sum += count
    }
    var rows = [Row](
      repeating: Row(name: 0, value: 0, kind: .absent), count: answers.count)
    for answer in answers {
      let directory = Int(answer.directory)
      rows[ends[directory]] = answer.row
      ends[directory] += 1
    }
    answers = []
    return rows
  }

  private func sortByName(_ rows: inout [Row], in range: Range<Int>) {
    let isSorted = range.dropFirst().allSatisfy {
      !texts.precedes(rows[$0].name, rows[$0 - 1].name)
    }
    guard !isSorted else { return }
    let order = range.sorted { left, right in
      let (name, otherName) = (rows[left].name, rows[right].name)
      return name == otherName ? left < right : texts.precedes(name, otherName)
    }
    rows.replaceSubrange(range, with: order.map { rows[$0] })
  }

  /// What is known of an entry after one more answer.
  private func later(_ new: Row, after old: Row?) -> Row {
    var new = new
    switch (new.kind, old?.kind) {
    case (.present, let kind?) where kind != .failed || !isNotAsked(old): return old ?? new
    case (.failed, .present) where isNotAsked(new): return old ?? new
    // What was listed and is not there is gone: were it absent, a snapshot would not list it.
    case (.noLink, .present):
      new.kind = .failed
      new.value = vanished
    case (.noLink, _): new.kind = .absent
    default: break
    }
    return new
  }

  private func isNotAsked(_ row: Row?) -> Bool { row?.value == notAsked }
}
