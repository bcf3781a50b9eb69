import SystemCalls

/// Puts the lines of a file together that comes piece by piece.
struct LineAssembler {
  /// No file that is read has a longer line, which would fill the memory.
  static let longestLine = 1 << 20

  private let separator: Excerpt.Separator
  /// The start of a line whose end has not come yet; of one that is too long, not all of it.
  private(set) var pending: [UInt8] = []

  init(_ separator: Excerpt.Separator = .lineFeed) {
    self.separator = separator
  }

  /// Takes the next line off a piece, without its end; `nil` when the piece has no more, and what
  /// is left of it waits for the next.
  mutating func nextLine(of piece: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let end = endOfLine(in: piece) else {
      if pending.count <= LineAssembler.longestLine { pending += piece }
      piece = []
      return nil
    }
    defer { piece = piece[(end + 1)...] }
    guard !pending.isEmpty else { return piece[..<end] }
    let line = pending + piece[..<end]
    pending.removeAll(keepingCapacity: true)
    return line[...]
  }

  private func endOfLine(in piece: ArraySlice<UInt8>) -> Int? {
    switch separator {
    case .lineFeed: piece.span.firstIndex(of: UInt8(ascii: "\n")).map { piece.startIndex + $0 }
    case .zeroByte: piece.firstIndex { $0 == 0 || $0 == UInt8(ascii: "\n") }
    }
  }
}
