import HostModel
package import OwnershipAnalysis

/// Text of a host, made fit for one line of a terminal.
///
/// Names and attributes of a captured tree are whatever their author put there: escape sequences that
/// repaint the screen, line ends that forge a line, overrides that reverse what is read. Printable
/// text stays as it is, in every script; the rest is spelled out. What is escaped already stays as
/// it is, so a text may pass twice.
package enum TerminalText {
  /// `text` on one line, with what a terminal would act on as `\x1b` or `\u{202e}`.
  package static func escape(_ text: String) -> String {
    guard !text.utf8.allSatisfy(isPlain) else { return text }
    var escaped = ""
    for scalar in text.unicodeScalars {
      if let byte = PrintableText.byte(of: scalar) {
        escaped += PrintableText.escape(bytes: CollectionOfOne(byte))
      } else if !isHostile(scalar) {
        escaped.unicodeScalars.append(scalar)
      } else if scalar.value < 0x80 {
        escaped += "\\x" + Hexadecimal.text(scalar.value, digits: 2)
      } else {
        escaped += "\\u{" + Hexadecimal.text(scalar.value, digits: 1) + "}"
      }
    }
    return escaped
  }

  /// Escapes and keeps at most `limit` scalars; `...` stands for what is left out.
  package static func escape(_ text: String, limit: Int) -> String {
    let kept = text.unicodeScalars.prefix(limit + 1)
    guard kept.count > limit else { return escape(text) }
    return escape(String(String.UnicodeScalarView(kept.dropLast()))) + "..."
  }

  /// Whether a terminal may act on it or hide it: controls, format characters (bidirectional
  /// overrides, zero-width marks), separators of lines, and what Unicode leaves undefined.
  package static func isHostile(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x7f else { return scalar.value < 0x20 }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
      .unassigned:
      true
    default: false
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7f).contains(byte)
  }
}

/// The colours of the words that say how bad something is; nothing else is coloured.
package struct Palette: Sendable {
  private let isColoured: Bool

  package static let plain = Palette(isColoured: false)
  /// The eight colours that every terminal has.
  package static let ansi = Palette(isColoured: true)

  /// The severity's word, `error`, in its colour.
  package func word(_ severity: Severity) -> String {
    let code =
      switch severity {
      case .critical: "1;31"
      case .error: "31"
      case .warning: "33"
      case .info: "36"
      }
    return paint(severity.rawValue, code)
  }

  /// The verdict's word, `refused`, in its colour.
  package func word(_ verdict: Verdict) -> String {
    let code =
      switch verdict {
      case .accepted: "32"
      case .refused, .refusedWithOneOf, .blocks: "31"
      case .crashes: "1;31"
      case .undetermined: "33"
      }
    return paint(verdict.word, code)
  }

  /// The conclusion's word, `critical`, in the colour of a severity as bad.
  package func word(_ conclusion: Conclusion) -> String {
    let code =
      switch conclusion {
      case .fine: "32"
      case .warnings, .cannotTell: "33"
      case .critical: "31"
      }
    return paint(conclusion.word, code)
  }

  private func paint(_ word: String, _ code: String) -> String {
    isColoured ? "\u{1b}[\(code)m\(word)\u{1b}[0m" : word
  }
}
