import HostModel

/// Reads a snapshot file; the grammar is told at ``SnapshotFile``.
struct SnapshotParser {
  private var entries: SnapshotEntries = [:]
  private var ancestry = SnapshotAncestry()
  private var lineNumber = 0
  private var lastPath: HostPath?
  private var isEnded = false

  mutating func parse(_ file: [UInt8]) throws(SnapshotSyntaxError) -> SnapshotEntries {
    var rest = file[...]
    while !rest.isEmpty {
      lineNumber += 1
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
        throw lineNumber == 1 ? noSnapshot : error("the line is cut off: it has no end")
      }
      let line = rest[..<end]
      guard line.count <= SnapshotFile.lineLimit else {
        throw error("longer than \(SnapshotFile.lineLimit) bytes")
      }
      try take(line)
      rest = rest[(end + 1)...]
    }
    guard lineNumber > 0 else { throw noSnapshot }
    guard isEnded else { throw error("cut off: the last line is not \"\(SnapshotFile.footer)\"") }
    return entries
  }

  private mutating func take(_ line: ArraySlice<UInt8>) throws(SnapshotSyntaxError) {
    guard !isEnded else { throw error("a line after the last") }
    if lineNumber == 1 {
      try checkHeader(line)
    } else if line.elementsEqual(SnapshotFile.footer.utf8) {
      isEnded = true
    } else {
      try add(line)
    }
  }

  private func checkHeader(_ line: ArraySlice<UInt8>) throws(SnapshotSyntaxError) {
    let text = String(decoding: line, as: UTF8.self)
    guard text != SnapshotFile.header else { return }
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 2, words[0] == "vfio-preflight-snapshot", let version = Int(words[1]),
      version > SnapshotFile.version
    else { throw noSnapshot }
    throw error("version \(version) is newer than version \(SnapshotFile.version), known here")
  }

  private var noSnapshot: SnapshotSyntaxError {
    SnapshotSyntaxError(
      line: 1, reason: "the first line is not \"\(SnapshotFile.header)\"", isNoSnapshot: true)
  }

  private func error(_ reason: String) -> SnapshotSyntaxError {
    SnapshotSyntaxError(line: lineNumber, reason: reason)
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
    if let lastPath, path <= lastPath {
      throw error(path == lastPath ? "duplicate path \(path)" : "\(path) is not in sorted order")
    }
    guard ancestry.admits(entry, at: path) else {
      throw error("\(path) is below an entry that is no directory")
    }
    lastPath = path
    // Two spellings of one text, of which Swift makes one string, would be one entry.
    guard entries.updateValue(entry, forKey: path) == nil else {
      throw error("duplicate path \(path)")
    }
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
      guard let target = SnapshotText.unescapedString(rest), !target.isEmpty else {
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
