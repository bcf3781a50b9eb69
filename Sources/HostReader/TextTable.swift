import SystemCalls

/// Texts that are kept once each, however often they come: most names and answers of a host repeat.
///
/// A text is any bytes. Its number counts up from 0 in the order in which the texts come first.
struct TextTable: Sendable {
  /// All texts, one after the other.
  private(set) var bytes: [UInt8] = []
  /// Where each text ends, and the next one starts.
  private var ends: [Int] = []
  private var hashes: [UInt32] = []
  /// The number of each text in the first place that was free, from the one that its hash names on.
  /// As many places as a power of two, at most three quarters of them taken.
  private var places = [UInt32](repeating: TextTable.free, count: 256)
  private static let free = UInt32.max

  /// Where a text is in `bytes`.
  func range(of number: UInt32) -> Range<Int> {
    let number = Int(number)
    return (number == 0 ? 0 : ends[number - 1])..<ends[number]
  }

  subscript(number: UInt32) -> ArraySlice<UInt8> { bytes[range(of: number)] }

  /// Whether one text comes before another, bytewise.
  func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
    let all = bytes.span
    let left = all.extracting(range(of: left))
    let right = all.extracting(range(of: right))
    let common = left.commonLength(with: right)
    guard common < right.count else { return false }
    return common == left.count || left[common] < right[common]
  }

  /// The number of a text, which is added if it is new.
  mutating func number(of text: Span<UInt8>) -> UInt32 {
    let hash = TextTable.hash(text)
    let place = place(of: text, hash: hash)
    guard places[place] == TextTable.free else { return places[place] }
    let number = UInt32(ends.count)
    places[place] = number
    bytes.append(text)
    ends.append(bytes.count)
    hashes.append(hash)
    if ends.count > places.count / 4 * 3 { grow() }
    return number
  }

  /// Where the number of a text is, or will be.
  private func place(of text: Span<UInt8>, hash: UInt32) -> Int {
    let all = bytes.span
    var place = Int(hash) & (places.count - 1)
    while places[place] != TextTable.free {
      let number = places[place]
      if hashes[Int(number)] == hash, all.extracting(range(of: number)).isSame(as: text) { break }
      place = (place + 1) & (places.count - 1)
    }
    return place
  }

  private mutating func grow() {
    places = [UInt32](repeating: TextTable.free, count: places.count * 2)
    for number in hashes.indices {
      var place = Int(hashes[number]) & (places.count - 1)
      while places[place] != TextTable.free { place = (place + 1) & (places.count - 1) }
      places[place] = UInt32(number)
    }
  }

  /// By Swift's hash, which has a secret: whoever writes a snapshot cannot make texts collide.
  private static func hash(_ text: Span<UInt8>) -> UInt32 {
    var hasher = Hasher()
    text.hash(into: &hasher)
    return UInt32(truncatingIfNeeded: hasher.finalize())
  }
}
