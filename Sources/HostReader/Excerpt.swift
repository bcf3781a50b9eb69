import HostModel

/// Which lines of a long file matter, and what of them; or what a binary file says, as lines.
///
/// A snapshot keeps the excerpt in place of the file, so reducing must be idempotent: a reduced
/// line reduces to itself.
package struct Excerpt: Sendable {
  /// How much of the file is read, in bytes; the rest is passed over.
  package let limit: Int
  /// The lines that a whole file amounts to, where it is not one of lines.
  package var whole: (@Sendable (_ file: ArraySlice<UInt8>) -> [String])?
  /// What ends a line of the file.
  package let separator: Separator
  /// Whether a line is worth a closer look, by its bytes: most of a long file is not.
  package let isCandidate: @Sendable (_ line: ArraySlice<UInt8>) -> Bool
  /// The line as it is kept, or `nil` to drop it. The argument has no line end.
  package let reduce: @Sendable (_ line: Substring, _ ask: PrivateQuestions) -> String?

  package enum Separator: Sendable {
    case lineFeed
    /// A zero byte; a line feed too, since a snapshot keeps lines.
    case zeroByte
  }

  package init(
    limit: Int, separator: Separator = .lineFeed,
    isCandidate: @escaping @Sendable (_ line: ArraySlice<UInt8>) -> Bool = { _ in true },
    reduce: @escaping @Sendable (_ line: Substring) -> String?
  ) {
    self.limit = limit
    self.separator = separator
    self.isCandidate = isCandidate
    self.reduce = { line, _ in reduce(line) }
  }

  /// - Parameter reduce: can put what a snapshot may hold in place of what it may not, with
  ///   questions whose answers are not kept; it has no answers where the line is reduced already.
  package init(
    limit: Int, reduce: @escaping @Sendable (_ line: Substring, _ ask: PrivateQuestions) -> String?
  ) {
    self.limit = limit
    separator = .lineFeed
    isCandidate = { _ in true }
    self.reduce = reduce
  }

  /// - Parameter whole: given the file, or as much of it as the limit allows.
  package init(
    limit: Int, whole: @escaping @Sendable (_ file: ArraySlice<UInt8>) -> [String]
  ) {
    self.init(limit: limit, isCandidate: { _ in false }, reduce: { _ in nil })
    self.whole = whole
  }

  /// The lines kept of a whole file.
  func lines(of bytes: [UInt8]) -> [String] {
    var collector = ExcerptCollector(self)
    collector.take(bytes.prefix(limit))
    return collector.finish(isWhole: bytes.count <= limit)
  }
}

/// Takes a file piece by piece and keeps each distinct reduced line once, in the file's order.
struct ExcerptCollector {
  private let excerpt: Excerpt
  private let questions: PrivateQuestions
  private var lines: LineAssembler
  private var kept: [String] = []
  /// The file so far, where it is not one of lines.
  private var file: [UInt8] = []
  /// The lines by their bytes, in a type that other sets have too: each type of a set costs some time
  /// of every start.
  private var seen: Set<EntryName> = []

  init(_ excerpt: Excerpt, asking questions: PrivateQuestions = PrivateQuestions()) {
    self.excerpt = excerpt
    self.questions = questions
    lines = LineAssembler(excerpt.separator)
  }

  mutating func take(_ piece: ArraySlice<UInt8>) {
    guard excerpt.whole == nil else {
      file += piece
      return
    }
    var rest = piece
    while let line = lines.nextLine(of: &rest) { keep(line) }
  }

  /// The kept lines; a last line without end counts only when the file ends there.
  mutating func finish(isWhole: Bool) -> [String] {
    if let whole = excerpt.whole { return whole(file[...]) }
    if isWhole, !lines.pending.isEmpty { keep(lines.pending[...]) }
    return kept
  }

  private mutating func keep(_ line: ArraySlice<UInt8>) {
    guard line.count <= LineAssembler.longestLine, excerpt.isCandidate(line),
      let reduced = excerpt.reduce(String(decoding: line, as: UTF8.self)[...], questions),
      seen.insert(EntryName(reduced)).inserted
    else { return }
    kept.append(reduced)
  }
}
