/// Why the host did not answer a question.
package enum ReadFailure: Error, Hashable, Sendable {
  /// The kernel refused: EACCES, EIO, …
  case refused(ErrorNumber)
  /// No answer within the deadline: the read waits for a device lock (kernel-rules §8.4).
  case timedOut
  /// Not asked, because the answer could take as long as a virtual machine runs.
  case avoided
  /// The answer is not what the kernel writes there; the text says what was found.
  case malformed(String)
  /// Longer than any such attribute; the limit is in bytes.
  case tooLarge(limit: Int)
  /// A captured tree has something else in this place: a FIFO, a device node, a directory.
  case unexpectedKind
  /// A symbolic link of a captured tree leads out of it.
  case leadsOut
  /// The snapshot does not say: whoever captured it did not ask.
  case notCaptured
}

extension ReadFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .refused(let number): "\(number.meaning) (\(number.name))"
    case .timedOut: "no answer within the deadline"
    case .avoided: "not read, because the read can wait for as long as a device is in use"
    case .malformed(let text): "malformed: \(text)"
    case .tooLarge(let limit): "longer than \(limit) bytes"
    case .unexpectedKind: "not a regular file, link or directory as it should be"
    case .leadsOut: "a link that leads out of the tree"
    case .notCaptured: "not in the capture"
    }
  }
}
