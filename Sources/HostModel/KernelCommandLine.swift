/// The kernel's command line, `/proc/cmdline`, word by word.
package struct KernelCommandLine: Sendable, Equatable {
  package let words: [String]

  /// Splits at white space, outside double quotes.
  package init(_ text: String) {
    var words: [String] = []
    var word = ""
    var quoted = false
    for character in text.unicodeScalars {
      if character == "\"" {
        quoted.toggle()
      } else if !quoted, character == " " || character == "\t" || character == "\n" {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.unicodeScalars.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    self.words = words
  }

  /// Every value given to `parameter`, in order; the kernel takes dashes for underscores.
  package func values(of parameter: String) -> [String] {
    let wanted = KernelCommandLine.canonical(parameter)
    return words.compactMap { word in
      guard let equals = word.firstIndex(of: "="),
        KernelCommandLine.canonical(word[..<equals]) == wanted
      else { return nil }
      return String(word[word.index(after: equals)...])
    }
  }

  /// The comma-separated items of every value given to `parameter`, in order.
  package func items(of parameter: String) -> [String] {
    values(of: parameter).flatMap { $0.split(separator: ",").map(String.init) }
  }

  private static func canonical(_ name: some StringProtocol) -> String {
    String(name.map { $0 == "-" ? "_" : $0 })
  }
}
