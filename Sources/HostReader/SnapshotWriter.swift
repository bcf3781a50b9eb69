import HostModel

/// Writes a snapshot file line by line; the paths must come sorted.
struct SnapshotWriter {
  private var file = Array("\(SnapshotFile.header)\n".utf8)

  /// The file with its last line, once all entries were added.
  consuming func finish() -> [UInt8] {
    file += "\(SnapshotFile.footer)\n".utf8
    return file
  }

  mutating func add(_ entry: SnapshotEntry, at path: HostPath) {
    file.append(UInt8(ascii: "/"))
    PrintableText.append(path.relative.utf8, to: &file, spaces: true)
    switch entry {
    case .directory:
      if !path.relative.isEmpty { file.append(UInt8(ascii: "/")) }
    case .attribute(let bytes):
      addContent(bytes)
    case .link(let target):
      file += " -> ".utf8
      PrintableText.append(target.utf8, to: &file)
    case .present:
      file += " +".utf8
    case .absent:
      file += " -".utf8
    case .failed(let failure):
      file += " ! \(failure.snapshotReason)".utf8
    }
    file.append(UInt8(ascii: "\n"))
  }

  private mutating func addContent(_ bytes: [UInt8]) {
    let isText = !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
    // An empty text has no space after its sign: editors trim it.
    file += (isText ? " =" : " :").utf8
    guard !bytes.isEmpty else { return }
    file.append(UInt8(ascii: " "))
    if isText {
      PrintableText.append(bytes, to: &file)
    } else {
      for byte in bytes { file += Hexadecimal.text(byte, digits: 2).utf8 }
    }
  }
}
