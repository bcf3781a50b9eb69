import HostModel

/// What a text has of known messages, groups and devices.
///
/// Takes time in proportion to the text, and no more memory than a fixed number of tokens: a text
/// can be a whole log.
struct MessageScan {
  /// Each form and case once, where it stands first; hints only when there is nothing else.
  private(set) var matches: [FoundMessage] = []
  /// In the order of the text, each once, no more than `placeLimit`.
  private(set) var groups: [GroupNumber] = []
  private(set) var devices: [PCIAddress] = []
  /// The first words of the text.
  private(set) var words: [Int32] = []
  /// Whether that is all of it.
  private(set) var isShort = true

  private let known: KnownMessages
  private let matcher: MessageMatcher
  private var pending: FoundMessage?
  private var seen: Set<Identity> = []

  /// More than that many places are of no use to anybody.
  private static let placeLimit = 64
  /// A longer text is not taken for a part of a message.
  private static let shortLimit = 64
  private static let blockSize = 1 << 15

  private struct Identity: Hashable {
    let form: Int
    let messageCase: Int
  }

  init(_ text: String, in known: KnownMessages) {
    let bytes = Array(text.utf8)
    self.known = known
    matcher = MessageMatcher(known: known, bytes: bytes)
    var lexer = MessageLexer(bytes, vocabulary: known.vocabulary)
    var tokens: [MessageToken] = []
    var done = 0
    /// Tokens that were dropped from the front.
    var dropped = 0
    var goesOn = true
    while goesOn {
      goesOn = lexer.read(into: &tokens, upTo: MessageScan.blockSize)
      let end = goesOn ? tokens.count - MessageMatcher.spanLimit : tokens.count
      for place in done..<max(done, end) { look(at: place, in: tokens, after: dropped) }
      let kept = max(0, end - 8)
      tokens.removeFirst(kept)
      dropped += kept
      done = max(done, end) - kept
    }
    keepPending()
    let errors = matches.filter { !isHint($0) }
    if !errors.isEmpty { matches = errors }
    guard matches.isEmpty, isShort,
      let form = MessageNeighbour.whole(of: words, in: known)
    else { return }
    matches = [FoundMessage(partOf: form)]
  }

  private mutating func look(at place: Int, in tokens: [MessageToken], after dropped: Int) {
    let token = tokens[place]
    note(token, at: place, in: tokens)
    guard token.word >= 0 else { return }
    for form in known.byAnchor[Int(token.word)] {
      guard let match = matcher.match(form, in: tokens, anchoredAt: place) else { continue }
      let entry = known.forms[form]
      let driver = match.driver.map { MessageCase.DriverSort(of: $0) }
      guard
        let number = entry.form.cases.firstIndex(where: {
          $0.holds(errno: match.errno, driver: driver)
        })
      else { continue }
      take(
        FoundMessage(
          match, case: number, literals: entry.pattern.literals, in: matcher.bytes,
          after: dropped))
    }
  }

  /// Of two matches that overlap, the one that is no hint stays, then the one with more words.
  private mutating func take(_ found: FoundMessage) {
    if let pending, found.tokens.lowerBound < pending.tokens.upperBound {
      let isBetter =
        isHint(found) == isHint(pending)
        ? found.literals > pending.literals : isHint(pending)
      if isBetter { self.pending = found }
      return
    }
    keepPending()
    pending = found
  }

  private func isHint(_ found: FoundMessage) -> Bool { known.forms[found.form].form.isHint }

  private mutating func keepPending() {
    guard let found = pending else { return }
    pending = nil
    if seen.insert(Identity(form: found.form, messageCase: found.messageCase)).inserted {
      matches.append(found)
    }
  }

  private mutating func note(_ token: MessageToken, at place: Int, in tokens: [MessageToken]) {
    if words.count < MessageScan.shortLimit {
      words.append(token.word)
    } else {
      isShort = false
    }
    switch token.kind {
    case .address where devices.count < MessageScan.placeLimit:
      if let device = MessageAddress.parse(matcher.bytes[token.range]), !devices.contains(device) {
        devices.append(device)
      }
    case .number where groups.count < MessageScan.placeLimit && place > 0:
      let before = tokens[place - 1].word
      let isNode =
        before == known.node.vfio && place > 1 && tokens[place - 2].word == known.node.dev
      guard known.groupWords.contains(before) || isNode,
        let group = GroupNumber(
          String(decoding: matcher.bytes[token.range].prefix(16), as: UTF8.self)),
        !groups.contains(group)
      else { return }
      groups.append(group)
    default: break
    }
  }
}

/// A known message as a text has it.
struct FoundMessage {
  let form: Int
  let messageCase: Int
  /// Which tokens of the text.
  let tokens: Range<Int>
  let literals: Int
  /// What stands in each hole, in their order.
  let values: [String]
  let errno: ErrorNumber?
  let driver: String?

  /// A longer value is cut.
  private static let valueLimit = 80

  init(
    _ match: MessageMatcher.Match, case messageCase: Int, literals: Int, in bytes: [UInt8],
    after dropped: Int
  ) {
    form = match.form
    self.messageCase = messageCase
    tokens = (match.tokens.lowerBound + dropped)..<(match.tokens.upperBound + dropped)
    self.literals = literals
    values = match.holes.map { range in
      String(decoding: bytes[range].prefix(FoundMessage.valueLimit), as: UTF8.self)
    }
    errno = match.errno
    driver = match.driver
  }

  /// A text that is a part of a message and has none of its values.
  init(partOf form: Int) {
    self.form = form
    messageCase = 0
    tokens = 0..<0
    literals = 0
    values = []
    errno = nil
    driver = nil
  }
}
