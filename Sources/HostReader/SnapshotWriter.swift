import HostModel

/// Writes a snapshot file line by line, and gives it away in pieces; the paths must come sorted.
struct SnapshotWriter {
  /// From how many bytes on a piece is given away.
  private static let pieceSize = 256 << 10

  private let texts: TextTable
  private var piece = Array("\(SnapshotFile.header)\n".utf8)

  /// - Parameter texts: those that the rows name.
  init(_ texts: TextTable) {
    self.texts = texts
  }

  /// The lines that were written since the last piece, if they are enough for one.
  mutating func takePiece() -> [UInt8]? {
    guard piece.count >= SnapshotWriter.pieceSize else { return nil }
    defer { piece.removeAll(keepingCapacity: true) }
    return piece
  }

  /// The last piece, once all entries were added.
  mutating func finish() -> [UInt8] {
    piece += "\(SnapshotFile.footer)\n".utf8
    return piece
  }

  mutating func add(_ row: SnapshotTable.Row, at path: [UInt8]) {
    piece.append(UInt8(ascii: "/"))
    addName(path[...], spaces: true)
    switch row.kind {
    case .directory:
      if !path.isEmpty { piece.append(UInt8(ascii: "/")) }
    case .attribute:
      addContent(texts[row.value])
    case .link:
      piece += " -> ".utf8
      addName(texts[row.value])
    case .present:
      piece += " +".utf8
    case .absent, .noLink:
      piece += " -".utf8
    case .failed:
      piece += " ! ".utf8
      piece += texts[row.value]
    case .subdirectory, .emptySubdirectory:
      break
    }
    piece.append(UInt8(ascii: "\n"))
  }

  private mutating func addContent(_ bytes: ArraySlice<UInt8>) {
    let isText =
      SnapshotText.isPlain(bytes)
      || !bytes.contains(0) && SnapshotText.isUTF8(bytes)
    // An empty text has no space after its sign: editors trim it.
    piece += (isText ? " =" : " :").utf8
    guard !bytes.isEmpty else { return }
    piece.append(UInt8(ascii: " "))
    if isText {
      PrintableText.append(bytes, to: &piece)
    } else {
      for byte in bytes { piece += Hexadecimal.text(byte, digits: 2).utf8 }
    }
  }

  private mutating func addName(_ bytes: ArraySlice<UInt8>, spaces: Bool = false) {
    if SnapshotText.isPlain(bytes), !(spaces && bytes.contains(UInt8(ascii: " "))) {
      piece += bytes
    } else {
      PrintableText.append(name: Array(bytes), to: &piece, spaces: spaces)
    }
  }
}
