import Glibc
import HostModel
import Reporting

/// Where the answer goes.
enum StandardOutput {
  static var isTerminal: Bool { SystemCalls.isTerminal(STDOUT_FILENO) }

  /// A reader that has seen enough (`head`) closes the pipe; the exit status still is the answer.
  static func surviveClosedPipes() {
    SystemCalls.ignoreSignalsOfWriting()
  }

  /// Writes the whole answer. A closed pipe is not a failure, a full disk is one.
  static func write(_ text: String) throws(Failure) {
    _ = try offer(text)
  }

  /// Writes a part of the answer.
  ///
  /// - Returns: whether the output is still read.
  static func offer(_ text: String) throws(Failure) -> Bool {
    do {
      try SystemCalls.write(Array(text.utf8), to: STDOUT_FILENO)
      return true
    } catch {
      guard error.number != EPIPE else { return false }
      throw Failure("cannot write standard output: \(ErrorNumber(code: error.number).meaning)")
    }
  }
}

/// Where everything else goes: failures, mistakes on the command line, notes.
enum StandardError {
  /// Writes one line, whatever the text holds. That it could not be written cannot be reported.
  static func write(line: String) {
    let text = "\(Program.name): \(TerminalText.escape(line))\n"
    try? SystemCalls.write(Array(text.utf8), to: STDERR_FILENO)
  }
}
