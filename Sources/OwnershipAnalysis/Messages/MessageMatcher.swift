import HostModel

/// Compares one form with the tokens of a text.
struct MessageMatcher {
  let known: KnownMessages
  let bytes: [UInt8]

  /// How many tokens a gap, and the name of a device, may take.
  private static let gapLimit = 16
  private static let deviceLimit = 4
  /// No match is longer, in tokens.
  static let spanLimit = 160

  /// What a text has in the place of a form.
  struct Match {
    let form: Int
    let tokens: Range<Int>
    /// What stands in each hole, in their order; the errno's as it was spelt.
    let holes: [Range<Int>]
    let errno: ErrorNumber?
    let driver: String?
  }

  /// - Parameter anchor: a token that is the form's first literal word.
  func match(_ form: Int, in tokens: [MessageToken], anchoredAt anchor: Int) -> Match? {
    let pattern = known.forms[form].pattern
    let start = anchor - pattern.anchor
    guard start >= 0 else { return nil }
    var state = State(place: start)
    for (index, element) in pattern.elements.enumerated() {
      let next = index + 1 < pattern.elements.count ? pattern.elements[index + 1] : nil
      guard
        advance(
          over: element, before: next, isFixed: index < pattern.anchor, in: tokens, &state)
      else { return nil }
    }
    return Match(
      form: form, tokens: start..<state.place, holes: state.holes, errno: state.errno,
      driver: state.driver)
  }

  private struct State {
    var place: Int
    var holes: [Range<Int>] = []
    var errno: ErrorNumber?
    var driver: String?
  }

  /// - Parameter isFixed: the element stands before the anchor and takes one token.
  private func advance(
    over element: MessagePattern.Element, before next: MessagePattern.Element?, isFixed: Bool,
    in tokens: [MessageToken], _ state: inout State
  ) -> Bool {
    if element == .gap { return skip(to: next, limit: MessageMatcher.gapLimit, in: tokens, &state) }
    guard state.place < tokens.count else { return false }
    let token = tokens[state.place]
    switch element {
    case .literal(let word):
      guard token.word == word else { return false }
      state.place += 1
      return true
    case .errno: return takeErrno(in: tokens, &state)
    case .writeError:
      guard let found = known.writeErrors.match(in: tokens, at: state.place) else { return false }
      return take(through: found.end, in: tokens, &state)
    case .device:
      if isFixed || token.kind == .address || token.kind == .slot {
        return take(through: state.place + 1, in: tokens, &state)
      }
      return skip(to: next, limit: MessageMatcher.deviceLimit, in: tokens, &state)
    case .group: return token.kind == .number && take(through: state.place + 1, in: tokens, &state)
    case .number: return token.kind == .number && take(through: state.place + 1, in: tokens, &state)
    case .ids: return token.kind == .ids && take(through: state.place + 1, in: tokens, &state)
    case .word: return token.kind == .word && take(through: state.place + 1, in: tokens, &state)
    case .driver:
      guard token.kind == .word else { return false }
      state.driver = String(decoding: bytes[token.range].prefix(64), as: UTF8.self)
      return take(through: state.place + 1, in: tokens, &state)
    case .gap: return false
    }
  }

  private func take(through end: Int, in tokens: [MessageToken], _ state: inout State) -> Bool {
    state.holes.append(tokens[state.place].range.lowerBound..<tokens[end - 1].range.upperBound)
    state.place = end
    return true
  }

  /// Leaves out tokens up to the next element; at the end of a form, none.
  private func skip(
    to next: MessagePattern.Element?, limit: Int, in tokens: [MessageToken], _ state: inout State
  ) -> Bool {
    let start = state.place
    let end = min(start + limit, tokens.count - 1)
    guard next != nil, start <= end else { return next == nil }
    for place in start...end where starts(next, in: tokens, at: place) {
      let from = start < tokens.count ? tokens[start].range.lowerBound : bytes.count
      state.holes.append(from..<(place > start ? tokens[place - 1].range.upperBound : from))
      state.place = place
      return true
    }
    return false
  }

  private func starts(
    _ element: MessagePattern.Element?, in tokens: [MessageToken], at place: Int
  ) -> Bool {
    switch element {
    case .literal(let word): tokens[place].word == word
    case .errno: errno(in: tokens, at: place) != nil
    case .writeError: known.writeErrors.match(in: tokens, at: place) != nil
    case .device: tokens[place].kind == .address || tokens[place].kind == .slot
    case .group, .number: tokens[place].kind == .number
    case .ids: tokens[place].kind == .ids
    default: false
    }
  }

  private func takeErrno(in tokens: [MessageToken], _ state: inout State) -> Bool {
    guard let found = errno(in: tokens, at: state.place) else { return false }
    state.errno = found.errno
    return take(through: found.end, in: tokens, &state)
  }

  /// `-22`, `[Errno 16] Device or resource busy`, `error 2 (No such file or directory)`,
  /// `Invalid argument (os error 22)`, `Os { code: 16, … }`, `EBUSY`, or words.
  private func errno(in tokens: [MessageToken], at place: Int) -> (errno: ErrorNumber, end: Int)? {
    var place = place
    var leads = 0
    while leads < 2, place < tokens.count, known.errnoLeads.contains(tokens[place].word) {
      place += 1
      leads += 1
    }
    guard place < tokens.count else { return nil }
    if tokens[place].kind == .number {
      guard let code = Int32(String(decoding: bytes[tokens[place].range].prefix(8), as: UTF8.self)),
        0 < code, code < 134
      else { return nil }
      let words = known.errnos.match(in: tokens, at: place + 1)
      return (ErrorNumber(code: code), words?.end ?? place + 1)
    }
    guard let words = known.errnos.match(in: tokens, at: place) else { return nil }
    return (words.value, words.end)
  }
}
