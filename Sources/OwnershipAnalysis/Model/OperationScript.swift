package import HostModel

/// Operations as people write them, one a line, resolved against a host.
///
/// `bind DEVICE DRIVER`, `unbind DEVICE`, `override DEVICE DRIVER|-`, `probe DEVICE`,
/// `new-id DRIVER VENDOR:DEVICE`, `remove-id DRIVER VENDOR:DEVICE`, `open DEVICE... [as NAME]`,
/// `open-node GROUP [as NAME]`, `open-cdev DEVICE... [as NAME]`, `close NAME`,
/// `numvfs DEVICE N`, `group-type GROUP TYPE`, `modprobe MODULE`, `rmmod MODULE`. A `#` starts a
/// comment; empty lines count for the line numbers only.
package struct OperationScript: Sendable {
  package let steps: [Step]

  package struct Step: Sendable {
    /// The line, words separated by one blank.
    package let text: String
    package let operation: Operation
  }

  /// A line that is no operation.
  package struct Mistake: Error, Sendable, Equatable {
    /// Counted from 1.
    package let line: Int
    /// What was found and what was expected.
    package let message: String
  }

  /// - Throws: the first line that is no operation on this host.
  package init(_ lines: [String], on host: HostSnapshot) throws(Mistake) {
    var steps: [Step] = []
    for (index, line) in lines.enumerated() {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
      guard !words.isEmpty else { continue }
      do {
        let reader = OperationReader(words: words, host: host)
        steps.append(
          Step(text: words.joined(separator: " "), operation: try reader.operation()))
      } catch {
        throw Mistake(line: index + 1, message: error.text)
      }
    }
    self.steps = steps
  }
}
