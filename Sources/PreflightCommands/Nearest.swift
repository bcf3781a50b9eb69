/// Names that look like one that is not known, for the message that says so.
enum Nearest {
  /// `the nearest are a, b, c`; `nil` where nothing is known.
  static func hint(to name: String, among known: [String]) -> String? {
    let near = names(to: name, among: known, limit: 3)
    return near.isEmpty ? nil : "the nearest are \(near.joined(separator: ", "))"
  }

  /// The nearest by edit distance, nearest first; equally near ones in their given order.
  static func names(to name: String, among known: [String], limit: Int) -> [String] {
    let wanted = Array(name.lowercased().utf8)
    // The distance takes time that grows with both lengths; no name of a host is so long.
    guard wanted.count <= 128 else { return Array(known.prefix(limit)) }
    var unique: Set<String> = []
    let ranked = known.filter { unique.insert($0).inserted }.enumerated().map { position, text in
      (distance(wanted, Array(text.lowercased().utf8.prefix(128))), position, text)
    }
    return ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.prefix(limit).map(\.2)
  }

  /// Levenshtein's distance: insertions, deletions and replacements of a byte.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (line, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for (column, other) in right.enumerated() {
        let replaced = diagonal + (byte == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, min(row[column], row[column + 1]) + 1)
      }
    }
    return row[right.count]
  }
}
