import HostModel

/// A message as the sequence of its words, so that two spellings of one message compare equal.
///
/// Case, quotes, punctuation and white space do not count; a number, an address or an id is one
/// word, whatever its value.
struct MessageWords {
  /// The word that stands for every number.
  static let number = "#"

  private(set) var words: [String] = []
  /// The texts that the numbers stand for, by the place of the word.
  private(set) var numbers: [Int: String] = [:]

  init(_ text: String) {
    for run in text.split(whereSeparator: { !MessageWords.isPart($0) }) { add(run) }
  }

  /// Letters and digits, and what joins the parts of an address or a name.
  private static func isPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "_-:.".contains(character)
  }

  /// An address stays whole; other runs are split where a colon or a stop joins two words.
  private mutating func add(_ run: Substring) {
    let whole = MessageWords.trimmed(run)
    guard !MessageWords.isNumber(whole) else { return append(number: whole) }
    for part in whole.split(whereSeparator: { ":.".contains($0) }) {
      let word = MessageWords.trimmed(part)
      guard !word.isEmpty else { continue }
      if MessageWords.isNumber(word) {
        append(number: word)
      } else {
        words.append(word.lowercased())
      }
    }
  }

  private mutating func append(number text: Substring) {
    numbers[words.count] = String(text)
    words.append(MessageWords.number)
  }

  private static func trimmed(_ run: Substring) -> Substring {
    var run = run
    while let first = run.first, "-:.".contains(first) { run.removeFirst() }
    while let last = run.last, "-:.".contains(last) { run.removeLast() }
    return run
  }

  /// Hexadecimal digits in one or more parts, at least one of them decimal: `13`, `0x1a`,
  /// `0000:01:00.0`, `8086:0b25`.
  private static func isNumber(_ text: Substring) -> Bool {
    guard text.contains(where: { ("0"..."9").contains($0) }) else { return false }
    return text.split(whereSeparator: { ":.".contains($0) }).allSatisfy { part in
      let digits = part.hasPrefix("0x") || part.hasPrefix("0X") ? part.dropFirst(2) : part
      return !digits.isEmpty && digits.utf8.allSatisfy { Hexadecimal.digit($0) != nil }
    }
  }
}
