package import OwnershipAnalysis

/// The answer of `explain` without a message.
package struct RuleReport: Report {
  private let rules: [Rule]
  private let layout: Layout

  /// What people see; programs get the whole of every rule.
  package enum Layout: Sendable {
    /// A line for each rule.
    case index
    case pages
    /// The source of a man page.
    case manual
  }

  package init(_ rules: [Rule], as layout: Layout) {
    self.rules = rules
    self.layout = layout
  }

  package func text(in palette: Palette) -> String {
    switch layout {
    case .index: RulePageText.index(of: rules)
    case .pages: rules.map { RulePageText.page(of: $0, palette: palette) }.joined()
    case .manual: RulePageManual(rules).text
    }
  }

  package var json: JSONValue { RulePageJSON.value(rules) }
}

/// A rule's page for a terminal, and the list of all rules.
package enum RulePageText {
  /// Every rule on a line: slug, severity, title.
  package static func index(of rules: [Rule]) -> String {
    var table = Table([Table.Column("RULE"), Table.Column("SEVERITY"), Table.Column("TITLE")])
    for rule in rules { table.add([rule.slug.text, rule.severity.rawValue, rule.title]) }
    return table.text()
  }

  /// The whole page, in the order of the man page.
  package static func page(of rule: Rule, palette: Palette = .plain) -> String {
    let page = rule.page
    var text = "\(rule.slug): \(rule.title)  [\(palette.word(rule.severity))]\n"
    text += section("Meaning", paragraphs: [page.meaning])
    text += section("By hand", lines: page.evidence)
    text += section("Remedy", paragraphs: [page.remedy])
    text += section("Kernels", paragraphs: [page.kernels])
    text += section("Messages", lines: rule.messages.map { "\($0.printedBy): \($0.text)" })
    text += section("Source", paragraphs: [page.source])
    return text
  }

  private static func section(_ title: String, paragraphs: [String]) -> String {
    section(title, lines: paragraphs.flatMap { LineWrap.lines($0, width: 76) })
  }

  private static func section(_ title: String, lines: [String]) -> String {
    guard !lines.isEmpty else { return "" }
    return "\n\(title)\n" + lines.map { "    \($0)\n" }.joined()
  }
}

/// Rules for programs: the document `vfio-preflight/explain/1`.
package enum RulePageJSON {
  package static func value(_ rules: [Rule]) -> JSONValue {
    ["schema": "vfio-preflight/explain/1", "rules": .array(rules.map(rule))]
  }

  private static func rule(_ rule: Rule) -> JSONValue {
    [
      "rule": .string(rule.slug.text),
      "severity": .string(rule.severity.rawValue),
      "title": .string(rule.title),
      "meaning": .string(rule.page.meaning),
      "evidence": .array(rule.page.evidence.map(JSONValue.string)),
      "remedy": .string(rule.page.remedy),
      "kernels": .string(rule.page.kernels),
      "messages": .array(
        rule.messages.map {
          ["printed_by": .string($0.printedBy), "text": .string($0.text)]
        }),
      "source": .string(rule.page.source),
    ]
  }
}

/// Breaks running text into lines at blanks.
enum LineWrap {
  /// - Parameter width: the longest line, in characters; a longer word gets a separate line.
  static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}
