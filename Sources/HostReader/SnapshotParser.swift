import HostModel
import SystemCalls

/// Reads a snapshot file as it comes; the grammar is described at ``SnapshotFile``.
///
/// A line is read where it lies: only what is escaped is copied, and only what is new is kept.
struct SnapshotParser {
  private var lines = LineAssembler()
  private var lineNumber = 0
  private var log = SnapshotLog()
  private var ancestry = SnapshotAncestry()
  /// The path of a line and what its entry holds, without escapes.
  private var path: [UInt8] = []
  private var content: [UInt8] = []
  /// The path of the last entry, where its name starts, and its directory.
  private var lastPath: [UInt8] = []
  private var isLastPathEscaped = false
  private var lastName = 0
  private var directory = DirectoryTrail.root
  private var hasEntries = false
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
  consuming func finish() throws(SnapshotSyntaxError) -> SnapshotTable {
    guard lines.pending.isEmpty, lineNumber > 0 else {
      guard lineNumber > 0 else { throw noSnapshot(lines.pending[...]) }
      lineNumber += 1
      throw error("the line is cut off: it has no end")
    }
    guard isEnded else { throw error("cut off: the last line is not \"\(SnapshotFile.footer)\"") }
    return log.table()
  }

  private mutating func take(line: ArraySlice<UInt8>) throws(SnapshotSyntaxError) {
    guard !isEnded else { throw error("a line after the last") }
    if lineNumber == 1 {
      try checkHeader(line)
    } else if line.count == SnapshotFile.footer.utf8.count,
      line.elementsEqual(SnapshotFile.footer.utf8)
    {
      isEnded = true
    } else {
      try add(line.span)
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
}

/// One entry.
extension SnapshotParser {
  private mutating func add(_ line: Span<UInt8>) throws(SnapshotSyntaxError) {
    var shared = startSharedWithLastPath(line)
    var pathEnd = shared
    while pathEnd < line.count, line[pathEnd] != UInt8(ascii: " ") { pathEnd += 1 }
    var kind = SnapshotTable.Kind.directory
    content.removeAll(keepingCapacity: true)
    if pathEnd < line.count {
      try takePath(line.extracting(..<pathEnd), sharing: shared)
      kind = try takeAnswer(line.extracting((pathEnd + 1)...))
    } else {
      pathEnd -= 1
      guard pathEnd >= 0, line[pathEnd] == UInt8(ascii: "/") else {
        throw error("a path without an entry")
      }
      // The slash at its end may be one within the last path.
      shared = max(0, min(shared, pathEnd - 1))
      if pathEnd == 0 {
        path.removeAll(keepingCapacity: true)
      } else {
        try takePath(line.extracting(..<pathEnd), sharing: shared)
      }
    }
    try add(kind, holding: content, at: path, sharing: shared, ofLine: line.count)
    swap(&path, &lastPath)
    // Without its slash; an escape is longer than what it stands for.
    isLastPathEscaped = pathEnd - 1 != lastPath.count
    hasEntries = true
  }

  /// How many bytes of its path a line has in common with the last path: most of them, and these
  /// are known to be right.
  private func startSharedWithLastPath(_ line: Span<UInt8>) -> Int {
    guard !isLastPathEscaped, line.count > 0, line[0] == UInt8(ascii: "/") else { return 0 }
    return line.extracting(1...).commonLength(with: lastPath.span)
  }

  /// - Parameter shared: how many bytes of the path are those of the last one.
  private mutating func takePath(
    _ text: Span<UInt8>, sharing shared: Int
  ) throws(SnapshotSyntaxError) {
    guard text.count > 0, text[0] == UInt8(ascii: "/") else {
      throw error("the path does not start with /")
    }
    path.removeAll(keepingCapacity: true)
    path += lastPath[..<shared]
    let name = path.span.startOfLastName
    guard SnapshotText.unescape(text.extracting((shared + 1)...), into: &path) else {
      throw error("the path has a bad escape or byte")
    }
    // An escape is longer than what it stands for.
    if path.count + 1 < text.count { SnapshotText.spell(&path, from: name) }
    guard HostPath.isNormalised(path.span.extracting(name...)) else {
      throw error("the path has an empty component, . or ..")
    }
  }

  /// What stands after the path; puts into `content` what the entry holds.
  private mutating func takeAnswer(
    _ text: Span<UInt8>
  ) throws(SnapshotSyntaxError) -> SnapshotTable.Kind {
    let signEnd = text.firstIndex(of: UInt8(ascii: " ")) ?? text.count
    guard signEnd < text.count else {
      switch (text.count, text.count == 1 ? text[0] : 0) {
      case (1, UInt8(ascii: "+")): return .present
      case (1, UInt8(ascii: "-")): return .absent
      case (1, UInt8(ascii: "=")), (1, UInt8(ascii: ":")): return .attribute
      default: throw unknownKind(text)
      }
    }
    let rest = text.extracting((signEnd + 1)...)
    switch (signEnd, signEnd > 0 ? text[0] : 0) {
    case (1, UInt8(ascii: "=")):
      guard SnapshotText.unescape(rest, into: &content) else {
        throw error("the content has a bad escape or byte")
      }
      return .attribute
    case (1, UInt8(ascii: ":")):
      guard SnapshotText.decodeHexadecimal(rest, into: &content) else {
        throw error("the content is not pairs of hexadecimal digits")
      }
      return .attribute
    case (2, UInt8(ascii: "-")) where text[1] == UInt8(ascii: ">"):
      guard SnapshotText.unescape(rest, into: &content), !content.isEmpty,
        content.span.firstIndex(of: 0) == nil
      else { throw error("the link has no target, or one with a bad escape or byte") }
      if content.count < rest.count { SnapshotText.spell(&content) }
      return .link
    case (1, UInt8(ascii: "!")):
      let reason = [UInt8](rest)
      guard let failure = ReadFailure(snapshotReason: String(decoding: reason, as: UTF8.self))
      else { throw error("unknown reason \(PrintableText.escape(bytes: reason))") }
      content += failure.snapshotReason.utf8
      return .failed
    default: throw unknownKind(text)
    }
  }

  private func unknownKind(_ text: Span<UInt8>) -> SnapshotSyntaxError {
    let start = [UInt8](text.extracting(first: 16))
    return error("unknown kind of entry \(PrintableText.escape(bytes: start))")
  }

  private mutating func add(
    _ kind: SnapshotTable.Kind, holding content: [UInt8], at path: [UInt8], sharing shared: Int,
    ofLine length: Int
  ) throws(SnapshotSyntaxError) {
    let rest = path.span.extracting(shared...)
    let common = shared + rest.commonLength(with: lastPath.span.extracting(shared...))
    try checkPlace(of: kind, at: path, sharing: common)
    try account(for: length, at: path, sharing: common)
    let name = path.span.startOfLastName
    // Most often it is in the directory of the last one.
    if name != lastName || name > common {
      directory = log.directory(at: path.span.extracting(..<name))
      lastName = name
    }
    log.add(path.span.extracting(name...), in: directory, kind, content.span)
  }

  /// - Parameter common: how long a start the path shares with the last one.
  private mutating func checkPlace(
    of kind: SnapshotTable.Kind, at bytes: [UInt8], sharing common: Int
  ) throws(SnapshotSyntaxError) {
    let isAfterLast =
      common < bytes.count && (common == lastPath.count || lastPath[common] < bytes[common])
    guard isAfterLast || !hasEntries else {
      let path = HostPath(ofEntry: bytes.span)
      throw error(bytes == lastPath ? "duplicate path \(path)" : "\(path) is not in sorted order")
    }
    guard ancestry.admits(kind, at: bytes.span, sharing: common) else {
      throw error("\(HostPath(ofEntry: bytes.span)) is below an entry that is not a directory")
    }
    // Only these can be remarks, or in their place.
    guard kind == .failed || bytes.first == UInt8(ascii: "*") else { return }
    let path = HostPath(ofEntry: bytes.span)
    guard path.isOfRemark == isRemark(kind, at: path) else {
      throw error("\(path) is not where such an entry stands")
    }
  }

  private func isRemark(_ kind: SnapshotTable.Kind, at path: HostPath) -> Bool {
    guard kind == .failed,
      let failure = ReadFailure(snapshotReason: String(decoding: content, as: UTF8.self))
    else { return false }
    return ReadProblem(.failed(failure), at: path) != nil
  }

  /// Counts what an entry takes, with the directories above it that only its path names: a long
  /// path names thousands.
  private mutating func account(
    for lineLength: Int, at path: [UInt8], sharing common: Int
  ) throws(SnapshotSyntaxError) {
    size += lineLength + SnapshotFile.entryCost
    for length in common..<path.count where path[length] == UInt8(ascii: "/") {
      size += length + SnapshotFile.entryCost
    }
    guard size <= SnapshotFile.limit else {
      throw error("too large: up to here it takes more than \(SnapshotFile.limit) bytes of memory")
    }
  }
}
