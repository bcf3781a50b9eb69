import HostModel

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
}

/// One entry.
extension SnapshotParser {
  private mutating func add(_ line: ArraySlice<UInt8>) throws(SnapshotSyntaxError) {
    var kind = SnapshotTable.Kind.directory
    content.removeAll(keepingCapacity: true)
    if let space = line.firstIndex(of: UInt8(ascii: " ")) {
      try takePath(line[..<space])
      kind = try takeAnswer(line[(space + 1)...])
    } else if line.count == 1, line.first == UInt8(ascii: "/") {
      path.removeAll(keepingCapacity: true)
    } else {
      guard line.last == UInt8(ascii: "/") else { throw error("a path without an entry") }
      try takePath(line.dropLast())
    }
    try add(kind, holding: content, at: path, ofLine: line.count)
    swap(&path, &lastPath)
    hasEntries = true
  }

  private mutating func add(
    _ kind: SnapshotTable.Kind, holding content: [UInt8], at path: [UInt8], ofLine length: Int
  ) throws(SnapshotSyntaxError) {
    let common = path.span.commonLength(with: lastPath.span)
    try checkPlace(of: kind, at: path, sharing: common)
    try account(for: length, at: path, sharing: common)
    let name = path.span.startOfLastName
    // Most often it is in the directory of the last one.
    if name != lastName || name > common {
      directory = log.directory(at: path.span.extracting(..<max(0, name - 1)))
      lastName = name
    }
    log.add(path.span.extracting(name...), in: directory, kind, content.span)
  }

  private mutating func takePath(_ text: ArraySlice<UInt8>) throws(SnapshotSyntaxError) {
    path.removeAll(keepingCapacity: true)
    guard text.first == UInt8(ascii: "/") else { throw error("the path does not start with /") }
    guard SnapshotText.unescape(text.dropFirst(), into: &path), SnapshotText.isUTF8(path) else {
      throw error("the path has a bad escape or byte")
    }
    guard HostPath.isNormalised(path.span) else {
      throw error("the path has an empty component, . or ..")
    }
  }

  /// What stands after the path; puts into `content` what the entry holds.
  private mutating func takeAnswer(
    _ text: ArraySlice<UInt8>
  ) throws(SnapshotSyntaxError) -> SnapshotTable.Kind {
    let space = text.firstIndex(of: UInt8(ascii: " "))
    let sign = text[..<(space ?? text.endIndex)]
    let rest = space.map { text[($0 + 1)...] }
    guard sign.count == 1, let sign = sign.first else {
      guard let rest, sign.elementsEqual("->".utf8) else { throw unknownKind(text) }
      return try takeTarget(rest)
    }
    switch (sign, rest) {
    case (UInt8(ascii: "+"), nil): return .present
    case (UInt8(ascii: "-"), nil): return .absent
    case (UInt8(ascii: "="), nil), (UInt8(ascii: ":"), nil): return .attribute
    case (UInt8(ascii: "="), let rest?):
      guard SnapshotText.unescape(rest, into: &content) else {
        throw error("the content has a bad escape or byte")
      }
      return .attribute
    case (UInt8(ascii: ":"), let rest?):
      guard SnapshotText.decodeHexadecimal(rest, into: &content) else {
        throw error("the content is not pairs of hexadecimal digits")
      }
      return .attribute
    case (UInt8(ascii: "!"), let rest?):
      guard let failure = ReadFailure(snapshotReason: String(decoding: rest, as: UTF8.self))
      else { throw error("unknown reason \(PrintableText.escape(bytes: rest))") }
      content += failure.snapshotReason.utf8
      return .failed
    default: throw unknownKind(text)
    }
  }

  private mutating func takeTarget(
    _ text: ArraySlice<UInt8>
  ) throws(SnapshotSyntaxError) -> SnapshotTable.Kind {
    guard SnapshotText.unescape(text, into: &content), SnapshotText.isUTF8(content),
      !content.isEmpty, !content.contains(0)
    else { throw error("the link has no target, or one with a bad escape or byte") }
    return .link
  }

  private func unknownKind(_ text: ArraySlice<UInt8>) -> SnapshotSyntaxError {
    error("unknown kind of entry \(PrintableText.escape(bytes: text.prefix(16)))")
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
      throw error("\(HostPath(ofEntry: bytes.span)) is below an entry that is no directory")
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
