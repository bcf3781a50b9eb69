import HostModel
import HostReader
import Reporting
import SystemCalls

/// Where the answer goes.
enum StandardOutput {
  static var isTerminal: Bool { StandardStream.output.isTerminal }

  /// A reader that has seen enough (`head`) closes the pipe; the exit status still is the answer.
  static func surviveClosedPipes() {
    Signals.ignoreThoseOfWriting()
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
      try StandardStream.output.write(Array(text.utf8))
      return true
    } catch {
      guard error != .brokenPipe else { return false }
      throw Failure("cannot write standard output: \(ErrorNumber(error).meaning)")
    }
  }
}

/// Where everything else goes: failures, mistakes on the command line, notes.
enum StandardError {
  /// Writes one line, whatever the text holds. That it could not be written cannot be reported.
  static func write(line: String) {
    let text = "\(Program.name): \(TerminalText.escape(line))\n"
    try? StandardStream.error.write(Array(text.utf8))
  }
}
