/// A message as an argument of `explain`.
///
/// Lines of shells begin with a dash (`-bash: echo: write error: …`), which the parser takes for an
/// option. What has a blank is a message: no rule's name and no option of `explain` has one.
enum MessageArgument {
  private static let command = "explain"
  private static let option = "--message"

  /// The arguments with the message as `--message=TEXT` behind all others.
  ///
  /// Before another option the parser loses the text of an option that may also stand without one
  /// (swift-argument-parser 1.8.2).
  static func last(in arguments: [String]) -> [String] {
    guard arguments.first == command else { return arguments }
    if arguments.count == 2, isMessage(arguments[1]) {
      return [command, "\(option)=\(arguments[1])"]
    }
    var others = arguments
    if let place = others.firstIndex(where: { $0.hasPrefix(option + "=") }) {
      let message = others.remove(at: place)
      return others + [message]
    }
    guard let place = others.firstIndex(of: option), place + 1 < others.count,
      isMessage(others[place + 1])
    else { return arguments }
    let text = others.remove(at: place + 1)
    others.remove(at: place)
    return others + ["\(option)=\(text)"]
  }

  private static func isMessage(_ text: String) -> Bool {
    text.contains(where: \.isWhitespace) && !text.hasPrefix("--")
  }
}
