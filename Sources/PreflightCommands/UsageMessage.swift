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
