import HostModel

/// Reads a snapshot file as it comes; the grammar is described at ``SnapshotFile``.
struct SnapshotParser {
  private var lines = LineAssembler()
  private var lineNumber = 0
  private var entries: SnapshotEntries = [:]
  private var ancestry = SnapshotAncestry()
  private var lastPath: HostPath = .root
  /// What the entries take, in bytes, about.
  private var size = 0
  private var isEnded = false

  /// Room for the number of a later version.
  private static let longestHeader = SnapshotFile.header.utf8.count + 8

  /// Takes a piece of the file, of any length.
  mutating func take(_ piece: ArraySlice<UInt8>) throws(SnapshotSyntaxError) {
    var rest = piece
    while let line = lines.nextLine(of: &rest) {
      lineNumber += 1
      try checkLength(line.count)
      try take(line: line)
    }
    if lineNumber == 0 {
      // As many bytes as it takes to see what it is instead.
      guard lines.pending.count <= SnapshotParser.longestHeader else {
        throw noSnapshot(lines.pending[...])
      }
    } else if lines.pending.count > SnapshotFile.lineLimit {
      lineNumber += 1
      try checkLength(lines.pending.count)
    }
  }

  /// The entries, once the whole file was taken.
  mutating func finish() throws(SnapshotSyntaxError) -> SnapshotEntries {
    guard lines.pending.isEmpty, lineNumber > 0 else {
      guard lineNumber > 0 else { throw noSnapshot(lines.pending[...]) }
      lineNumber += 1
      throw error("the line is cut off: it has no end")
    }
    guard isEnded else { throw error("cut off: the last line is not \"\(SnapshotFile.footer)\"") }
    return entries
  }

  private mutating func take(line: ArraySlice<UInt8>) throws(SnapshotSyntaxError) {
    guard !isEnded else { throw error("a line after the last") }
    if lineNumber == 1 {
      try checkHeader(line)
    } else if line.elementsEqual(SnapshotFile.footer.utf8) {
      isEnded = true
    } else {
      try add(line)
    }
  }

  private func checkLength(_ length: Int) throws(SnapshotSyntaxError) {
    guard length <= SnapshotFile.lineLimit else {
      throw error("longer than \(SnapshotFile.lineLimit) bytes")
    }
  }

  private func checkHeader(_ line: ArraySlice<UInt8>) throws(SnapshotSyntaxError) {
    let text = String(decoding: line, as: UTF8.self)
    guard text != SnapshotFile.header else { return }
    if line.last == UInt8(ascii: "\r"), line.dropLast().elementsEqual(SnapshotFile.header.utf8) {
      throw error("the lines end with CR LF, those of a snapshot with LF alone")
    }
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 2, words[0] == SnapshotFile.name, let version = Int(words[1]),
      version > SnapshotFile.version
    else { throw noSnapshot(line) }
    throw error("version \(version) is newer than version \(SnapshotFile.version), known here")
  }

  private func noSnapshot(_ start: ArraySlice<UInt8>) -> SnapshotSyntaxError {
    let reason =
      ForeignFormat(start)?.description ?? "the first line is not \"\(SnapshotFile.header)\""
    return SnapshotSyntaxError(line: 1, reason: reason, isNoSnapshot: true)
  }

  private func error(_ reason: String) -> SnapshotSyntaxError {
    SnapshotSyntaxError(line: lineNumber, reason: reason)
  }

  /// Counts what an entry takes, with the directories above it that only its path names: a long
  /// path names thousands.
  private mutating func account(
    for line: ArraySlice<UInt8>, at path: HostPath
  ) throws(SnapshotSyntaxError) {
    size += line.count + SnapshotFile.entryCost
    let new = path.relative.utf8Span.span
    var length = ByteOrder.commonLength(path.relative, lastPath.relative)
    while length < new.count {
      if new[length] == UInt8(ascii: "/") { size += length + SnapshotFile.entryCost }
      length += 1
    }
    guard size <= SnapshotFile.limit else {
      throw error("too large: up to here it takes more than \(SnapshotFile.limit) bytes of memory")
    }
  }

  private mutating func add(_ line: ArraySlice<UInt8>) throws(SnapshotSyntaxError) {
    let space = line.firstIndex(of: UInt8(ascii: " "))
    let path: HostPath
    let entry: SnapshotEntry
    if let space {
      path = try self.path(line[..<space])
      entry = try self.entry(line[(space + 1)...])
    } else {
      guard line.last == UInt8(ascii: "/") else { throw error("a path without an entry") }
      path = line.count == 1 ? .root : try self.path(line.dropLast())
      entry = .directory
    }
    guard lastPath < path || entries.isEmpty else {
      throw error(path == lastPath ? "duplicate path \(path)" : "\(path) is not in sorted order")
    }
    guard ancestry.admits(entry, at: path) else {
      throw error("\(path) is below an entry that is no directory")
    }
    guard path.isOfRemark == (ReadProblem(entry, at: path) != nil) else {
      throw error("\(path) is not where such an entry stands")
    }
    try account(for: line, at: path)
    lastPath = path
    entries[path] = entry
  }

  private func path(_ text: ArraySlice<UInt8>) throws(SnapshotSyntaxError) -> HostPath {
    guard text.first == UInt8(ascii: "/") else { throw error("the path does not start with /") }
    guard let plain = SnapshotText.unescapedString(text) else {
      throw error("the path has a bad escape or byte")
    }
    guard let path = HostPath(plain), !path.relative.isEmpty else {
      throw error("the path has an empty component, . or ..")
    }
    return path
  }

  private func entry(_ text: ArraySlice<UInt8>) throws(SnapshotSyntaxError) -> SnapshotEntry {
    let space = text.firstIndex(of: UInt8(ascii: " "))
    let sign = String(decoding: text[..<(space ?? text.endIndex)], as: UTF8.self)
    let rest = space.map { text[($0 + 1)...] }
    switch (sign, rest) {
    case ("+", nil): return .present
    case ("-", nil): return .absent
    case ("=", nil), (":", nil): return .attribute([])
    case ("=", let rest?):
      guard let bytes = SnapshotText.unescape(rest) else {
        throw error("the content has a bad escape or byte")
      }
      return .attribute(bytes)
    case (":", let rest?):
      guard let bytes = SnapshotText.decodeHexadecimal(rest) else {
        throw error("the content is not pairs of hexadecimal digits")
      }
      return .attribute(bytes)
    case ("->", let rest?):
      guard let target = SnapshotText.unescapedString(rest), !target.isEmpty,
        !target.utf8.contains(0)
      else {
        throw error("the link has no target, or one with a bad escape or byte")
      }
      return .link(target)
    case ("!", let rest?):
      guard let failure = ReadFailure(snapshotReason: String(decoding: rest, as: UTF8.self))
      else { throw error("unknown reason \(PrintableText.escape(bytes: rest))") }
      return .failed(failure)
    default:
      throw error("unknown kind of entry \(PrintableText.escape(bytes: text.prefix(16)))")
    }
  }
}
