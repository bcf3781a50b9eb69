/// A word, a number or an address of a text, with its place in it.
struct MessageToken: Sendable, Equatable {
  let kind: Kind
  /// Its number in the ``MessageVocabulary``; `unknownWord` where no known message has it.
  let word: Int32
  /// Bytes of the text.
  let range: Range<Int>

  static let unknownWord: Int32 = -1

  enum Kind: UInt8, Sendable {
    case word
    /// Decimal digits, or `0x` and hexadecimal ones; a sign is not part of it.
    case number
    /// A PCI function: `0000:01:00.0`, `01:00.0`, `pci_0000_01_00_0`.
    case address
    /// A PCI slot without its function, `0000:01:00`; also a time of day without seconds.
    case slot
    /// Vendor and device: `8086:0b25`.
    case ids
  }
}

/// A text that is cut into tokens as it is read.
///
/// White space, quotes and punctuation only separate; so do colour sequences of a terminal, also
/// in the spellings that logs give them, and the line ends and quotes that JSON escapes. Each byte
/// is looked at a fixed number of times.
struct MessageLexer {
  let bytes: [UInt8]
  private let vocabulary: MessageVocabulary
  private var position = 0

  init(_ bytes: [UInt8], vocabulary: MessageVocabulary) {
    self.bytes = bytes
    self.vocabulary = vocabulary
  }

  /// Adds tokens until there are `count` of them or the text ends.
  ///
  /// - Returns: whether the text goes on.
  mutating func read(into tokens: inout [MessageToken], upTo count: Int) -> Bool {
    while tokens.count < count {
      guard position < bytes.count else { return false }
      if let length = separator(at: position) {
        position += length
      } else {
        addRun(to: &tokens)
      }
    }
    return position < bytes.count
  }

  /// How many bytes at `place` are no part of a word; `nil` for none.
  private func separator(at place: Int) -> Int? {
    let byte = bytes[place]
    switch byte {
    case 0x1b: return escapeSequence(at: place)
    case UInt8(ascii: "^") where next(place, is: "[["): return 2 + colour(from: place + 2)
    case UInt8(ascii: "#") where next(place, is: "033["): return 4 + colour(from: place + 4)
    case UInt8(ascii: "\\"):
      guard place + 1 < bytes.count else { return 1 }
      return "nrt".utf8.contains(bytes[place + 1]) ? 2 : 1
    case 0xc2 where place + 1 < bytes.count: return 2
    case 0xe2 where place + 2 < bytes.count && bytes[place + 1] == 0x80: return 3
    case 0xe3 where place + 2 < bytes.count && bytes[place + 1] == 0x80: return 3
    case 0xef where place + 2 < bytes.count && bytes[place + 1] == 0xbc: return 3
    default: return MessageLexer.isPart(byte) ? nil : 1
    }
  }

  /// Letters, digits, and what joins the parts of an address or a name.
  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."), 0x80...0xff:
      true
    default: false
    }
  }

  private func next(_ place: Int, is text: StaticString) -> Bool {
    bytes[(place + 1)...].starts(with: text.description.utf8)
  }

  /// `ESC [ … m` and its like (ECMA-48), or the escape alone.
  private func escapeSequence(at place: Int) -> Int {
    guard place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "[") else { return 1 }
    return 1 + colour(from: place + 1)
  }

  /// The length of `[`, parameters and the final byte.
  private func colour(from start: Int) -> Int {
    var end = start + 1
    while end < bytes.count, 0x20...0x3f ~= bytes[end] { end += 1 }
    return end < bytes.count && 0x40...0x7e ~= bytes[end] ? end + 1 - start : 1
  }

  /// One address, or the words and numbers of a run.
  private mutating func addRun(to tokens: inout [MessageToken]) {
    let start = position
    var end = start
    while end < bytes.count, separator(at: end) == nil { end += 1 }
    // A backslash that escapes a colon of an address is no end of it.
    if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "\\"), bytes[end + 1] == UInt8(ascii: ":"),
      let long = escapedAddress(from: start)
    {
      tokens.append(MessageToken(kind: .address, word: MessageToken.unknownWord, range: long))
      position = long.upperBound
      return
    }
    position = end
    let run = trimmed(start..<end)
    guard !run.isEmpty else { return }
    if let kind = MessageAddress.kind(of: bytes[run]) {
      tokens.append(MessageToken(kind: kind, word: MessageToken.unknownWord, range: run))
      return
    }
    var part = run.lowerBound
    for place in run where bytes[place] == UInt8(ascii: ":") || bytes[place] == UInt8(ascii: ".") {
      add(trimmed(part..<place), to: &tokens)
      part = place + 1
    }
    add(trimmed(part..<run.upperBound), to: &tokens)
  }

  /// `0000\:01\:00.0`, as a shell and cloud-hypervisor's manual spell it.
  private func escapedAddress(from start: Int) -> Range<Int>? {
    var end = start
    while end < bytes.count, end - start < 24,
      bytes[end] == UInt8(ascii: "\\") || MessageLexer.isPart(bytes[end])
    {
      end += 1
    }
    let range = start..<end
    let plain = bytes[range].filter { $0 != UInt8(ascii: "\\") }
    return MessageAddress.kind(of: plain[...]) == .address ? range : nil
  }

  private func add(_ range: Range<Int>, to tokens: inout [MessageToken]) {
    guard !range.isEmpty else { return }
    let isNumber = MessageAddress.isNumber(bytes[range])
    tokens.append(
      MessageToken(
        kind: isNumber ? .number : .word, word: vocabulary.number(of: bytes[range]), range: range))
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, "-:.".utf8.contains(bytes[start]) { start += 1 }
    while start < end, "-:.".utf8.contains(bytes[end - 1]) { end -= 1 }
    return start..<end
  }
}
