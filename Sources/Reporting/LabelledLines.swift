/// Indented lines under an answer, with a label before the first.
enum LabelledLines {
  /// - Parameter lines: text of a host among it; escaped here.
  static func text(_ label: String, _ lines: [String]) -> String {
    lines.enumerated().map { index, line in
      let head = index == 0 ? label : ""
      let blank = String(repeating: " ", count: 10 - head.utf8.count)
      return "    \(head)\(blank)\(TerminalText.escape(line))\n"
    }.joined()
  }
}
