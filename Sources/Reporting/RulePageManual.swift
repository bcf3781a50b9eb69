package import OwnershipAnalysis

/// The rules as the man page `vfio-preflight-rules(7)`, in mdoc.
package struct RulePageManual {
  private let rules: [Rule]

  /// The day of the texts' last change; a constant, so that the same texts give the same page.
  private static let date = "November 21, 2026"

  package init(_ rules: [Rule]) {
    self.rules = rules
  }

  package var text: String {
    """
    .\\" Written by "vfio-preflight explain --format man" from the texts of the rules.
    .Dd \(RulePageManual.date)
    .Dt VFIO-PREFLIGHT-RULES 7
    .Os
    .Sh NAME
    .Nm vfio-preflight-rules
    .Nd what vfio-preflight finds on a host, and what to do about it
    .Sh DESCRIPTION
    Every finding of
    .Xr vfio-preflight 8
    names the rule that made it.
    A rule's name is stable once released.
    Its page here is what
    .Cm vfio-preflight explain
    prints.
    .Sh RULES

    """ + rules.map(RulePageManual.subsection).joined() + """
      .Sh SEE ALSO
      .Xr vfio-preflight-json 5 ,
      .Xr vfio-preflight 8

      """
  }

  private static func subsection(_ rule: Rule) -> String {
    let page = rule.page
    var text = ".Ss \(ManualText.argument(rule.slug.text))\n"
    text += ManualText.running("\(ManualText.sentence(rule.title)).")
    text += "Severity: \(rule.severity.rawValue).\n.Pp\n"
    text += ManualText.running(page.meaning)
    text += part("By hand", literal: page.evidence)
    text += part("Remedy", running: page.remedy)
    text += part("Kernels", running: page.kernels)
    text += part("Messages", literal: rule.messages.map { "\($0.printedBy): \($0.text)" })
    text += part("Source", running: page.source)
    return text
  }

  private static func part(_ title: String, running text: String) -> String {
    ".Pp\n.Em \(ManualText.argument(title)) :\n" + ManualText.running(text)
  }

  private static func part(_ title: String, literal lines: [String]) -> String {
    guard !lines.isEmpty else { return "" }
    return ".Pp\n.Em \(ManualText.argument(title)) :\n.Bd -literal -offset indent -compact\n"
      + lines.map { ManualText.literal($0) + "\n" }.joined() + ".Ed\n"
  }
}

/// Plain text written so that mdoc shows it character by character.
enum ManualText {
  /// Running text: one sentence a line, as mdoc wants it, since it ends sentences by line ends.
  static func running(_ text: String) -> String {
    // Escapes count as characters of the source line, so they are made before the line is broken.
    sentences(text).flatMap { LineWrap.lines(characters($0), width: 78) }
      .map { guarded($0) + "\n" }.joined()
  }

  /// A line of text or of a literal display.
  ///
  /// A backslash is roff's escape character; a dash, a grave accent, a quote, a caret and a tilde
  /// become typographic signs, which cannot be pasted into a shell; a control character (`.`
  /// or `'`) that starts a line would make it a request.
  static func literal(_ line: String) -> String {
    guarded(characters(line))
  }

  /// A quote is spelled out already; a full stop is left.
  private static func guarded(_ line: String) -> String {
    line.hasPrefix(".") ? "\\&" + line : line
  }

  /// An argument of a macro, in quotes where it has blanks.
  static func argument(_ text: String) -> String {
    let escaped = characters(text).split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\\(dq")
    return escaped.contains(" ") ? "\"\(escaped)\"" : escaped
  }

  /// The text with a capital at its start, unless it starts with an identifier, which is spelled
  /// as it is.
  static func sentence(_ text: String) -> String {
    let first = text.prefix { $0 != " " }
    guard !first.contains(where: { "_-.=/".contains($0) }) else { return text }
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  private static func characters(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "\\": escaped += "\\e"
      case "-": escaped += "\\-"
      case "`": escaped += "\\(ga"
      case "'": escaped += "\\(aq"
      case "^": escaped += "\\(ha"
      case "~": escaped += "\\(ti"
      case "\u{a7}": escaped += "\\(sc"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  /// Splits after a full stop, question or exclamation mark, unless a small letter or a digit
  /// follows: an abbreviation.
  private static func sentences(_ text: String) -> [String] {
    var sentences: [String] = []
    var sentence: [Substring] = []
    let words = text.split(whereSeparator: \.isWhitespace)
    for (position, word) in words.enumerated() {
      sentence.append(word)
      let next = position + 1 < words.count ? words[position + 1].first : nil
      let ends = word.hasSuffix(".") || word.hasSuffix("?") || word.hasSuffix("!")
      if ends, next.map({ !$0.isLowercase && !$0.isNumber }) ?? true {
        sentences.append(sentence.joined(separator: " "))
        sentence = []
      }
    }
    if !sentence.isEmpty { sentences.append(sentence.joined(separator: " ")) }
    return sentences
  }
}
