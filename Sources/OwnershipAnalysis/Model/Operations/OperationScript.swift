package import HostModel

/// Operations as people write them, one a line, resolved against a host.
///
/// `OperationForm` has the grammar. A `#` starts a comment; empty lines count for the line numbers
/// only.
package struct OperationScript: Sendable {
  package let steps: [Line]

  package struct Line: Sendable {
    /// The line, words separated by one blank.
    package let text: String
    package let operation: Operation
  }

  /// A line that is not an operation.
  package struct Mistake: Error, Sendable, Equatable {
    /// Counted from 1.
    package let line: Int
    /// What was found and what was expected.
    package let message: String
  }

  /// - Throws: the first line that is not an operation on this host.
  package init(_ lines: [String], on host: ObservedHost) throws(Mistake) {
    var steps: [Line] = []
    for (index, line) in lines.enumerated() {
      let words = Self.words(of: line)
      guard !words.isEmpty else { continue }
      do {
        let operation = try OperationReader.operation(words, on: host)
        steps.append(Line(text: words.joined(separator: " "), operation: operation))
      } catch {
        throw Mistake(line: index + 1, message: PrintableText.escape(error.text))
      }
    }
    self.steps = steps
  }

  /// Split at ASCII blanks only, and by bytes: what looks like one character need not be one.
  private static func words(of line: String) -> [String] {
    line.utf8.prefix { $0 != UInt8(ascii: "#") }
      .split { $0 == UInt8(ascii: " ") || (UInt8(ascii: "\t")...UInt8(ascii: "\r")).contains($0) }
      .map { String(Substring($0)) }
  }
}
