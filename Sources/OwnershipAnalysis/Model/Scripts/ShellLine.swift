/// A line of a shell script, as far as scripts that set devices up need: words with quotes, and
/// redirections.
///
/// What a shell would still have to work out, such as a variable, is refused: nothing of a line is
/// skipped.
struct ShellLine {
  /// Commands joined by `;` or `&&`, each a pipe of one or two.
  var commands: [ShellCommand] = []

  struct Malformed: Error {
    let text: String
  }
}

/// A program with its words, and where its output goes.
struct ShellCommand {
  var words: [String] = []
  /// The file that `>` or `>>` names.
  var output: String?
  /// What its output is piped into.
  var next: [ShellCommand] = []
  /// It runs only if the one before it succeeded.
  var needsSuccess = false
}

extension ShellLine {
  private enum Token: Equatable {
    case word(String)
    case redirection(from: Int)
    case pipe
    case semicolon
    case and
  }

  init(_ line: String) throws(Malformed) {
    var reader = Reader(line)
    var command = ShellCommand()
    var isPiped = false
    func isEmpty(_ command: ShellCommand) -> Bool { command.words.isEmpty && command.output == nil }
    func finish(_ command: ShellCommand, into commands: inout [ShellCommand]) throws(Malformed) {
      guard !command.words.isEmpty else {
        if command.output != nil || isPiped { throw Malformed(text: "a command is missing") }
        return
      }
      if isPiped, !commands.isEmpty {
        commands[commands.count - 1].next.append(command)
      } else {
        commands.append(command)
      }
    }
    while let token = try reader.next() {
      switch token {
      case .word(let word): command.words.append(word)
      case .redirection(let number):
        guard case .word(let target)? = try reader.next() else {
          throw Malformed(text: "a redirection without a file")
        }
        if number == 1 {
          command.output = target
        } else if target != "/dev/null" {
          throw Malformed(text: "only the standard output goes to a file that predict follows")
        }
      case .pipe, .semicolon, .and:
        guard !isEmpty(command) else { throw Malformed(text: "a command is missing") }
        try finish(command, into: &commands)
        isPiped = token == .pipe
        command = ShellCommand()
        command.needsSuccess = token == .and
      }
    }
    try finish(command, into: &commands)
  }

  /// Reads one token after the other.
  private struct Reader {
    private var rest: Substring.UnicodeScalarView

    init(_ line: String) { rest = Substring(line).unicodeScalars }

    mutating func next() throws(Malformed) -> Token? {
      while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
      guard let first = rest.first, first != "#", first != "\n", first != "\r" else { return nil }
      switch first {
      case ">": return redirection(from: 1)
      case "2" where rest.dropFirst().first == ">":
        rest.removeFirst()
        return redirection(from: 2)
      case "|":
        rest.removeFirst()
        guard rest.first != "|" else { throw Malformed(text: "'||' is not followed") }
        return .pipe
      case ";":
        rest.removeFirst()
        return .semicolon
      case "&":
        rest.removeFirst()
        guard rest.first == "&" else { throw Malformed(text: "'&' is not followed") }
        rest.removeFirst()
        return .and
      case "<", "(", ")", "{", "}":
        throw Malformed(text: "'\(first)' is not followed")
      default: return .word(try word())
      }
    }

    private mutating func redirection(from number: Int) -> Token {
      rest.removeFirst()
      if rest.first == ">" { rest.removeFirst() }
      return .redirection(from: number)
    }

    private mutating func word() throws(Malformed) -> String {
      var word = ""
      while let scalar = rest.first {
        switch scalar {
        case " ", "\t", "\n", "\r", ">", "|", ";", "&", "<", "(", ")": return word
        case "'":
          rest.removeFirst()
          word += try quoted(until: "'") { _ in nil }
        case "\"":
          rest.removeFirst()
          word += try doubleQuoted()
        case "\\":
          rest.removeFirst()
          if let next = rest.popFirst() { word.unicodeScalars.append(next) }
        case "$" where rest.dropFirst().first == "'":
          rest.removeFirst(2)
          word += try quoted(until: "'", escape: Reader.escape)
        case "$", "`": throw Malformed(text: "variables and substitutions are not followed")
        case "*", "?", "[": throw Malformed(text: "patterns of file names are not followed")
        default:
          word.unicodeScalars.append(scalar)
          rest.removeFirst()
        }
      }
      return word
    }

    private mutating func doubleQuoted() throws(Malformed) -> String {
      var text = ""
      while let scalar = rest.popFirst() {
        switch scalar {
        case "\"": return text
        case "$", "`": throw Malformed(text: "variables and substitutions are not followed")
        case "\\":
          guard let next = rest.popFirst() else { break }
          if !"\"\\$`".unicodeScalars.contains(next) { text += "\\" }
          text.unicodeScalars.append(next)
        default: text.unicodeScalars.append(scalar)
        }
      }
      throw Malformed(text: "a quote has no end")
    }

    /// - Parameter escape: what a backslash and this letter stand for; `nil` for themselves.
    private mutating func quoted(
      until end: Unicode.Scalar, escape: (Unicode.Scalar) -> String?
    ) throws(Malformed) -> String {
      var text = ""
      while let scalar = rest.popFirst() {
        if scalar == end { return text }
        guard scalar == "\\", let next = rest.first, let meaning = escape(next) else {
          text.unicodeScalars.append(scalar)
          continue
        }
        rest.removeFirst()
        text += meaning
      }
      throw Malformed(text: "a quote has no end")
    }

    static func escape(_ letter: Unicode.Scalar) -> String? {
      switch letter {
      case "n": "\n"
      case "t": "\t"
      case "r": "\r"
      case "\\": "\\"
      case "'": "'"
      case "\"": "\""
      default: nil
      }
    }
  }
}
