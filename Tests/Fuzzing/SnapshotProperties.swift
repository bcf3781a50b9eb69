import HostModel
import HostReader

/// A snapshot file is refused with a line, or is written as it was read and shows a host.
enum SnapshotProperties {
  static func check(_ file: [UInt8]) throws {
    do {
      let entries = try SnapshotFile.parse(file)
      // All but the first line and the last is an entry, and none is lost.
      try Violation.unless(entries.count == lines(of: file) - 2, "a line is lost")
      try checkWriting(entries)
      try HostProperties.checkCapture(of: entries)
    } catch let error as SnapshotSyntaxError {
      try check(error, of: file)
    }
  }

  /// What is written is read back, and written again in the same bytes.
  private static func checkWriting(_ entries: SnapshotEntries) throws {
    let file = SnapshotFile.write(entries)
    do {
      let back = try SnapshotFile.parse(file)
      try Violation.unless(back == entries, "a snapshot is read back as another")
      try Violation.unless(SnapshotFile.write(back) == file, "a snapshot is written in two ways")
    } catch let error as SnapshotSyntaxError {
      throw Violation("line \(error.line) of what was written is refused: \(error.reason)")
    }
  }

  /// The complaint is one line of printable ASCII and names a line that there is.
  private static func check(_ error: SnapshotSyntaxError, of file: [UInt8]) throws {
    let lines = lines(of: file)
    try Violation.unless(
      (1...(lines + 1)).contains(error.line), "line \(error.line) of \(lines): \(error.reason)")
    try Violation.unless(
      error.reason.utf8.allSatisfy { 0x20..<0x7f ~= $0 }, "the reason is not fit for a terminal")
  }

  private static func lines(of file: [UInt8]) -> Int {
    file.count { $0 == UInt8(ascii: "\n") }
  }
}
