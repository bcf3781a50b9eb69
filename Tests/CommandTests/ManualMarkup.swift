/// How a document marks its console examples, and how their lines are written in it.
enum ManualMarkup: Sendable {
  case markdown
  case mdoc

  /// The line before an example.
  var opening: String {
    switch self {
    case .markdown: "```console"
    case .mdoc: ".Bd -literal -offset indent"
    }
  }

  /// The line after it.
  var closing: String {
    switch self {
    case .markdown: "```"
    case .mdoc: ".Ed"
    }
  }

  /// How the line before `opening` starts where an example cannot be run; the reason follows.
  var exemption: String {
    switch self {
    case .markdown: "<!-- not reproduced: "
    case .mdoc: ".\\\" not reproduced: "
    }
  }

  /// A line as the reader sees it.
  func shown(_ line: some StringProtocol) -> String {
    guard self == .mdoc else { return String(line) }
    var shown = ""
    var rest = line[...]
    while let character = rest.popFirst() {
      guard character == "\\" else {
        shown.append(character)
        continue
      }
      let escape = ManualMarkup.escapes.first { rest.hasPrefix($0.name) }
      rest = rest.dropFirst(escape?.name.count ?? 0)
      shown += escape?.text ?? "\\"
    }
    return shown
  }

  /// A line as the document has it, the inverse of `shown`.
  func source(_ line: String) -> String {
    guard self == .mdoc else { return line }
    let source = line.map { character in
      ManualMarkup.escapes.first { $0.text == String(character) }.map { "\\" + $0.name }
        ?? String(character)
    }.joined()
    return source.hasPrefix(".") ? "\\&" + source : source
  }

  /// What roff has names for: its own signs, and those that it would make typographic.
  private static let escapes: [(name: String, text: String)] = [
    ("e", "\\"), ("-", "-"), ("(aq", "'"), ("(ga", "`"), ("(ha", "^"), ("(ti", "~"), ("&", ""),
  ]
}
