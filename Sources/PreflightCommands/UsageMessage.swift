import ArgumentParser

/// A mistake on the command line, in one line that names it and what is known.
struct UsageMessage {
  let line: String

  init(_ error: any Error, arguments: [String]) {
    let message = Preflight.message(for: error)
      .split(separator: "\n").map { $0.trimmingBlanks() }.joined(separator: " ")
    let text = message.prefix(1).lowercased() + message.dropFirst()
    line = UsageMessage.stripped(text) + UsageMessage.known(text, arguments: arguments)
  }

  private static func stripped(_ text: String) -> String {
    // The parser's guess would stand between the option and the list that answers it.
    if isUnknownOption(text), let end = text.firstRange(of: ". Did you mean") {
      return String(text[..<end.lowerBound])
    }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  private static func isUnknownOption(_ message: String) -> Bool {
    message.hasPrefix("unknown option")
  }

  /// What the parser itself knows in the place of what it refused.
  private static func known(_ message: String, arguments: [String]) -> String {
    let commands = Preflight.configuration.subcommands
    let named = commands.first { $0.configuration.commandName == arguments.first }
    if isUnknownOption(message) {
      let names = options(of: named ?? AuditCommand.self)
      return "; known: \(names.joined(separator: ", "))"
    }
    if message.hasPrefix("unexpected argument"), named == nil {
      let names = commands.compactMap { $0.configuration.commandName }
      return "; commands: \(names.joined(separator: ", "))"
    }
    return ""
  }

  /// The options in the order of the help text, each by its longest name.
  private static func options(of command: any ParsableCommand.Type) -> [String] {
    Preflight.helpMessage(for: command, columns: 200).split(separator: "\n").compactMap { line in
      guard line.hasPrefix("  -") else { return nil }
      let names = line.split(separator: " ").prefix { $0.hasPrefix("-") }
      return names.last.map { $0.hasSuffix(",") ? String($0.dropLast()) : String($0) }
    }
  }
}

extension Substring {
  fileprivate func trimmingBlanks() -> Substring {
    guard let first = firstIndex(where: { $0 != " " }), let last = lastIndex(where: { $0 != " " })
    else { return "" }
    return self[first...last]
  }
}

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
