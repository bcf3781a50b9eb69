/// What an unknown text is most like.
enum MessageNeighbour {
  /// So many words of a message have to be in the text, and this share of what they weigh.
  private static let fewestWords = 2
  private static let share = 0.34

  /// The message of which the text has most, rare words weighing more than common ones.
  static func nearest(to scan: MessageScan, in known: KnownMessages) -> MessageSearch.Nearest? {
    let words = Set(scan.words.filter { $0 >= 0 })
    guard words.count >= fewestWords else { return nil }
    let weights = known.weights
    var best: (score: Double, form: Int)?
    for (index, entry) in known.forms.enumerated() {
      let literals = entry.pattern.words
      let common = literals.intersection(words)
      guard common.count >= fewestWords else { continue }
      // In the order of numbers: sums of fractions depend on it.
      let whole = literals.sorted().reduce(0) { $0 + weights[Int($1)] }
      let score = common.sorted().reduce(0) { $0 + weights[Int($1)] } / whole
      if score >= share, score > best?.score ?? 0 { best = (score, index) }
    }
    guard let best else { return nil }
    let entry = known.forms[best.form]
    guard let messageCase = entry.form.cases.first, let cause = messageCase.causes.first else {
      return nil
    }
    return MessageSearch.Nearest(
      rule: cause,
      message: RulePage.Message(
        entry.printedBy, MessageExample.text(of: entry.form, in: messageCase)))
  }

  /// The message that the whole text is a part of; at least three words of it, and nothing in the
  /// part that is left out may decide.
  static func whole(of words: [Int32], in known: KnownMessages) -> Int? {
    guard words.count >= fewestWords + 1 else { return nil }
    return known.forms.indices.first { form in
      guard known.forms[form].form.cases.count == 1 else { return false }
      let elements = known.forms[form].pattern.elements
      guard elements.count >= words.count else { return false }
      return (0...(elements.count - words.count)).contains { start in
        var literals = 0
        for (word, element) in zip(words, elements[start...]) {
          if case .literal(let literal) = element {
            guard literal == word else { return false }
            literals += 1
          }
        }
        return literals > fewestWords
      }
    }
  }
}

extension MessagePattern {
  /// Its literal words, each once.
  var words: Set<Int32> {
    Set(
      elements.compactMap { element in
        if case .literal(let word) = element { word } else { nil }
      })
  }
}

extension KnownMessages {
  /// For each word, one divided by the number of messages that have it.
  var weights: [Double] {
    var counts = Array(repeating: 0, count: vocabulary.spellings.count)
    for entry in forms { for word in entry.pattern.words { counts[Int(word)] += 1 } }
    return counts.map { $0 == 0 ? 0 : 1 / Double($0) }
  }
}
