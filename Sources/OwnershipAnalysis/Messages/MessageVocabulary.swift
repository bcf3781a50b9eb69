/// The words of all known messages, each with a number.
///
/// Two spellings that differ in the case of Latin letters are one word.
struct MessageVocabulary: Sendable {
  /// The words as they are compared.
  private(set) var spellings: [[UInt8]] = []
  private var hashes: [UInt64] = []
  /// Numbers of words by hash; a power of two, at least twice as many as there are words.
  private var slots: [Int32] = Array(repeating: MessageToken.unknownWord, count: 256)

  /// Longer words are in no message.
  private static let limit = 64

  /// The number of a word; `unknownWord` when it has none.
  func number(of word: ArraySlice<UInt8>) -> Int32 {
    guard word.count <= MessageVocabulary.limit else { return MessageToken.unknownWord }
    let hash = MessageVocabulary.hash(of: word)
    let slot = slot(for: word, hash: hash)
    return slots[slot]
  }

  /// Gives the word a number when it has none.
  mutating func add(_ word: ArraySlice<UInt8>) {
    guard word.count <= MessageVocabulary.limit else { return }
    let hash = MessageVocabulary.hash(of: word)
    var slot = slot(for: word, hash: hash)
    guard slots[slot] == MessageToken.unknownWord else { return }
    spellings.append(MessageVocabulary.folded(word))
    hashes.append(hash)
    if spellings.count * 2 > slots.count {
      grow()
      slot = self.slot(for: word, hash: hash)
    }
    slots[slot] = Int32(spellings.count - 1)
  }

  private mutating func grow() {
    slots = Array(repeating: MessageToken.unknownWord, count: slots.count * 2)
    for number in spellings.indices.dropLast() {
      slots[slot(for: spellings[number][...], hash: hashes[number])] = Int32(number)
    }
  }

  /// Where the word is, or would be.
  private func slot(for word: ArraySlice<UInt8>, hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash & UInt64(slots.count - 1))
    while slots[slot] != MessageToken.unknownWord {
      let number = Int(slots[slot])
      if hashes[number] == hash, isSame(word, as: spellings[number]) { return slot }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func isSame(_ word: ArraySlice<UInt8>, as spelling: [UInt8]) -> Bool {
    guard word.count == spelling.count else { return false }
    var isAfterLatin = false
    for (byte, other) in zip(word, spelling) {
      guard MessageVocabulary.fold(byte, isAfterLatin: isAfterLatin) == other else { return false }
      isAfterLatin = byte == 0xc3
    }
    return true
  }

  private static func folded(_ word: ArraySlice<UInt8>) -> [UInt8] {
    var isAfterLatin = false
    return word.map { byte in
      defer { isAfterLatin = byte == 0xc3 }
      return fold(byte, isAfterLatin: isAfterLatin)
    }
  }

  /// FNV-1a over the folded bytes.
  private static func hash(of word: ArraySlice<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var isAfterLatin = false
    for byte in word {
      hash = (hash ^ UInt64(fold(byte, isAfterLatin: isAfterLatin))) &* 0x100_0000_01b3
      isAfterLatin = byte == 0xc3
    }
    return hash ^ (hash >> 32)
  }

  /// The small letter; of the letters with accents those of Latin-1, `À` to `Þ`.
  private static func fold(_ byte: UInt8, isAfterLatin: Bool) -> UInt8 {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    case 0x80...0x9e where isAfterLatin: byte | 0x20
    default: byte
    }
  }
}
