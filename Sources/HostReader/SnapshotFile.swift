import HostModel

/// The text form of a snapshot: what a host answered, one entry a line.
///
/// A snapshot file is ASCII. Its first line is `vfio-preflight-snapshot 1`, its last `end`, without
/// which it was cut off; every line between is one entry, sorted by path, bytewise, each path once
/// (a backslash, and a byte that is not part of a character, sort after every character):
///
///     PATH/            a directory that was listed: what it holds is in the file
///     PATH = TEXT      a file with its content; the last line end is kept, as `\n`
///     PATH : HEX       the same, where the content is not text
///     PATH -> TARGET   a symbolic link
///     PATH +           it is there, and was not read
///     PATH -           it was asked for, and is not there
///     PATH ! REASON    it was asked for, and there was no answer
///
/// A path starts with a slash and has no empty component, no `.` and no `..`. In a path, a text
/// and a target, `\n`, `\t`, `\\` and `\xNN` stand for one byte each, and everything but
/// printable ASCII is written so; in a path also the space. A reason is the symbol of an errno
/// (`EACCES`) or a word of ``ReadFailure/snapshotReason``. Of a path that is neither in the file
/// nor in a listed directory nothing is known. Every line ends with a line feed, the last too.
///
/// What is known to be wrong with the answers as a whole stands below `/*`, followed by the path
/// that it is about: `/*/sys/bus ! enumeration-failed`.
///
/// Files are excerpts where only some lines of a long one matter (`/proc/kallsyms`). Processes
/// appear as far as they hold VFIO files; `/proc/*/fd` says how far they could be seen.
package enum SnapshotFile {
  /// The version of the grammar; a reader refuses any newer one.
  package static let version = 1
  /// What the first line starts with.
  static let name = "vfio-preflight-snapshot"
  /// The first line, without its end.
  package static let header = "\(name) \(version)"
  /// The last line, without its end.
  package static let footer = "end"
  /// The most that a file may take in memory, in bytes: itself, and for each entry and each
  /// directory that only a path names ``entryCost`` more, which is what the tables take of it. A host
  /// with 100,000 functions, most of them virtual, takes 350 MB; whoever sends a file by mail can
  /// make the program take no more than some times this.
  package static let limit = 512 << 20
  static let entryCost = 64
  /// The longest line that is read, in bytes.
  package static let lineLimit = LineAssembler.longestLine

  /// Writes the entries, piece by piece; the same entries give the same bytes.
  package static func write<Failure: Error>(
    _ table: SnapshotTable, to sink: (_ piece: [UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var writer = SnapshotWriter(table.texts)
    try table.forEachRow { (path, row) throws(Failure) in
      writer.add(row, at: path)
      if let piece = writer.takePiece() { try sink(piece) }
    }
    try sink(writer.finish())
  }

  /// The same at once.
  package static func write(_ table: SnapshotTable) -> [UInt8] {
    var file: [UInt8] = []
    write(table) { file += $0 }
    return file
  }

  package static func write(_ entries: SnapshotEntries) -> [UInt8] {
    write(SnapshotTable(entries))
  }

  /// Reads a file; nothing of it is guessed or repaired.
  package static func parse(_ file: [UInt8]) throws(SnapshotSyntaxError) -> SnapshotEntries {
    var parser = SnapshotParser()
    try parser.take(file[...])
    return try parser.finish().entries
  }
}

/// Where and why a file is not a snapshot.
package struct SnapshotSyntaxError: Error, Equatable, Sendable {
  /// Counted from 1.
  package let line: Int
  package let reason: String
  /// The file was never meant to be one: its first line is something else.
  package let isNoSnapshot: Bool

  init(line: Int, reason: String, isNoSnapshot: Bool = false) {
    self.line = line
    self.reason = reason
    self.isNoSnapshot = isNoSnapshot
  }
}
