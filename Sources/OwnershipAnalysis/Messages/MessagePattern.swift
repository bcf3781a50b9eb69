/// A form as a sequence that tokens are compared with.
struct MessagePattern: Sendable {
  let elements: [Element]
  /// The first literal word: what stands before it takes one token each.
  let anchor: Int
  /// How much a match says: the literal words.
  let literals: Int

  enum Element: Sendable, Equatable {
    case literal(Int32)
    case device
    case group
    case errno(ErrnoStyle)
    case driver
    case word
    case number
    case ids
    case writeError
    case gap
  }

  /// How a program spells an errno, for what is shown; any spelling is read.
  enum ErrnoStyle: Sendable {
    /// `Invalid argument`
    case words
    /// `-22`
    case negative
    /// `22 (Invalid argument)`
    case both
  }

  /// Splits at braces and at `…`; words get numbers.
  init(_ text: String, vocabulary: inout MessageVocabulary) {
    var elements: [Element] = []
    for (hole, literal) in MessagePattern.parts(of: text) {
      if let hole { elements.append(hole) }
      for word in MessagePattern.words(of: literal, adding: &vocabulary) {
        elements.append(.literal(word))
      }
    }
    self.elements = elements
    anchor =
      elements.firstIndex {
        if case .literal = $0 { true } else { false }
      } ?? 0
    literals = elements.reduce(0) { sum, element in
      switch element {
      case .literal: sum + 1
      // In English it is two words.
      case .writeError: sum + 2
      default: sum
      }
    }
  }

  static let holes: [(name: String, element: Element)] = [
    ("{device}", .device), ("{group}", .group), ("{errno}", .errno(.words)),
    ("{-errno}", .errno(.negative)),
    ("{errno()}", .errno(.both)), ("{driver}", .driver),
    ("{word}", .word), ("{number}", .number), ("{ids}", .ids), ("{write}", .writeError),
    ("…", .gap),
  ]

  /// The text after each hole; what stands before the first has none.
  static func parts(of text: String) -> [(hole: Element?, literal: Substring)] {
    var parts: [(hole: Element?, literal: Substring)] = []
    var hole: Element?
    var start = text.startIndex
    var place = start
    while place < text.endIndex {
      guard text[place] == "{" || text[place] == "…",
        let found = holes.first(where: { text[place...].hasPrefix($0.name) })
      else {
        place = text.index(after: place)
        continue
      }
      parts.append((hole, text[start..<place]))
      hole = found.element
      place = text.index(place, offsetBy: found.name.count)
      start = place
    }
    parts.append((hole, text[start...]))
    return parts
  }

  /// The numbers of the words of a literal text, of which all are known afterwards.
  static func words(
    of text: some StringProtocol, adding vocabulary: inout MessageVocabulary
  ) -> [Int32] {
    let bytes = Array(text.utf8)
    var tokens: [MessageToken] = []
    var lexer = MessageLexer(bytes, vocabulary: vocabulary)
    while lexer.read(into: &tokens, upTo: tokens.count + 64) {}
    return tokens.map { token in
      vocabulary.add(bytes[token.range])
      return vocabulary.number(of: bytes[token.range])
    }
  }
}
