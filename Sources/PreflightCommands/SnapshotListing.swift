import HostModel
import HostReader

/// What a snapshot holds, for people: a line for each answer with its content, and a sum.
struct SnapshotListing {
  private let entries: SnapshotEntries

  init(_ entries: SnapshotEntries) {
    self.entries = entries
  }

  var text: String {
    var lines = entries.sorted { $0.key < $1.key }.map { SnapshotListing.line($1, at: $0) }
    lines += ["", summary]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ entry: SnapshotEntry, at path: HostPath) -> String {
    switch entry {
    case .directory: "listed     \(path)"
    case .attribute(let bytes): "file       \(path) = \(content(bytes))"
    case .link(let target): "link       \(path) -> \(PrintableText.escape(target))"
    case .present: "there      \(path)"
    case .absent: "not there  \(path)"
    case .failed(let failure): "no answer  \(path): \(PrintableText.escape("\(failure)"))"
    }
  }

  private static func content(_ bytes: [UInt8]) -> String {
    let isLine = bytes.last == UInt8(ascii: "\n")
    return bytes.isEmpty
      ? "(empty)" : PrintableText.escape(bytes: isLine ? bytes.dropLast() : bytes)
  }

  private var summary: String {
    let counts: [(of: String, isCounted: (SnapshotEntry) -> Bool)] = [
      ("listed", { $0 == .directory }),
      ("files", { if case .attribute = $0 { true } else { false } }),
      ("links", { if case .link = $0 { true } else { false } }),
      ("there and not read", { $0 == .present }),
      ("not there", { $0 == .absent }),
      ("without an answer", { if case .failed = $0 { true } else { false } }),
    ]
    let parts = counts.map { count in "\(entries.values.count(where: count.isCounted)) \(count.of)"
    }
    return "\(entries.count) answers: \(parts.joined(separator: ", "))"
  }
}
