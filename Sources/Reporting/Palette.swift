package import OwnershipAnalysis

/// The colours of the words that say how bad something is; nothing else is coloured.
package struct Palette: Sendable {
  private let isColoured: Bool

  package static let plain = Palette(isColoured: false)
  /// The eight colours that every terminal has.
  package static let ansi = Palette(isColoured: true)

  /// The severity's word, `error`, in its colour.
  package func word(_ severity: Severity) -> String {
    guard isColoured else { return severity.rawValue }
    let code =
      switch severity {
      case .critical: "1;31"
      case .error: "31"
      case .warning: "33"
      case .info: "36"
      }
    return "\u{1b}[\(code)m\(severity.rawValue)\u{1b}[0m"
  }
}
