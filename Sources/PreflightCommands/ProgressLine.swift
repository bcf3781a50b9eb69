import SystemCalls

/// How far a long audit has come, on one line of the terminal that standard error is.
struct ProgressLine {
  private let total: Int
  private let isWanted: Bool
  /// Answers on the same terminal: the line makes room for them.
  private let sharesTerminal: Bool
  /// Characters on the terminal now.
  private var shown = 0
  /// When it was drawn last, in milliseconds.
  private var drawn = 0

  /// Milliseconds from one drawing to the next, where nothing else makes it necessary.
  private static let interval = 100

  init(total: Int, isWanted: Bool) {
    self.total = total
    self.isWanted = isWanted && StandardStream.error.isTerminal
    sharesTerminal = StandardOutput.isTerminal
  }

  mutating func draw(done: Int) {
    guard isWanted, done < total else { return }
    let now = MonotonicClock.milliseconds
    guard sharesTerminal || now - drawn >= ProgressLine.interval else { return }
    drawn = now
    let text = "\(done) of \(total) captures audited"
    write("\r" + text)
    shown = text.utf8.count
  }

  /// Goes from the terminal if an answer comes next there.
  mutating func makeRoom() {
    if sharesTerminal { erase() }
  }

  /// Blanks, which erase on every terminal.
  mutating func erase() {
    guard shown > 0 else { return }
    write("\r" + String(repeating: " ", count: shown) + "\r")
    shown = 0
  }

  /// A terminal that went away is not a reason to stop.
  private func write(_ text: String) {
    try? StandardStream.error.write(Array(text.utf8))
  }
}
