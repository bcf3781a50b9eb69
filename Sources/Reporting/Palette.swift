package import OwnershipAnalysis

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
      case .refused, .blocks: "31"
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
