package import HostModel

/// Operations as people and scripts write them, one or more a line, resolved against a host.
///
/// `OperationForm` has the grammar of operations; other lines are read as a shell's
/// (``ShellReader``). A `#` starts a comment; empty lines count for the line numbers only.
package struct OperationScript: Sendable {
  package let steps: [Write]

  /// One operation of a script.
  package struct Write: Sendable {
    /// The line where it is the only one of its line, words separated by one blank; else what it does.
    package var text: String
    package let operation: Operation
    /// It is done only if the one before it succeeded, as after `&&` or in a program that gives up.
    package var needsSuccess: Bool

    init(_ text: String, _ operation: Operation, needsSuccess: Bool = false) {
      self.text = text
      self.operation = operation
      self.needsSuccess = needsSuccess
    }
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
    var steps: [Write] = []
    for (index, line) in lines.enumerated() {
      do {
        steps += try OperationScript.writes(line, on: host)
      } catch {
        throw Mistake(line: index + 1, message: PrintableText.escape(error.text))
      }
    }
    self.steps = steps
  }

  private static func writes(
    _ line: String, on host: ObservedHost
  ) throws(OperationReader.Malformed) -> [Write] {
    let words = words(of: line)
    guard let first = words.first else { return [] }
    guard isOfShell(words) else {
      let operation = try OperationReader.operation(words, on: host)
      return [Write(words.joined(separator: " "), operation)]
    }
    var writes = try ShellReader(host: host).writes(line)
    if writes.count == 1, first != "driverctl", first != "virsh" {
      writes[0].text = words.joined(separator: " ")
    }
    return writes
  }

  /// `modprobe M` and `rmmod M` are operations; what else follows them is a shell's.
  private static func isOfShell(_ words: [String]) -> Bool {
    let program = words[0].utf8.split(separator: UInt8(ascii: "/")).last.map {
      String(Substring($0))
    }
    guard OperationForm.named(words[0]) == nil || words[0] == "write" else {
      return ["modprobe", "rmmod"].contains(words[0]) && words.count > 2
    }
    return program.map(ShellReader.programs.contains) ?? false
  }

  /// Split at ASCII blanks only, and by bytes: what looks like one character need not be one.
  private static func words(of line: String) -> [String] {
    line.utf8.prefix { $0 != UInt8(ascii: "#") }
      .split { $0 == UInt8(ascii: " ") || (UInt8(ascii: "\t")...UInt8(ascii: "\r")).contains($0) }
      .map { String(Substring($0)) }
  }
}
