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
  /// The answer is missing in the capture, though its writer asked for such facts.
  case notCaptured
  /// The capture is of a version that never asked; what it lacks is one fact, whatever the number
  /// of its devices, and never a `ReadProblem`.
  case notAsked
  /// Not asked, because no verdict about this host needs it; never a `ReadProblem`.
  case notNeeded
  /// A directory has more entries than any host; nothing of it was kept.
  case tooManyEntries(limit: Int)
  /// It was listed, and was gone when it was read.
  case vanished
  /// The device is in sysfs, and libudev does not list it.
  case unknownToUdev
  /// libudev lists the device, and `/sys/bus` does not.
  case knownOnlyToUdev
  /// libudev gave no list of devices; `/sys/bus` was walked instead.
  case enumerationFailed
  /// Devices came or went during every attempt to read the host.
  case hostChanging
}

extension ReadFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .refused(let number): "\(number.meaning) (\(number.name))"
    case .timedOut: "no answer within the deadline"
    case .avoided: "not read, because the read can wait for as long as a device is in use"
    case .malformed(""): "empty"
    case .malformed(let text): "malformed: \(text)"
    case .tooLarge(let limit): "longer than \(limit) bytes"
    case .unexpectedKind: "not a regular file, link or directory as it should be"
    case .leadsOut: "a link that leads out of the tree"
    case .notCaptured: "not in the capture"
    case .notAsked: "the capture does not hold it"
    case .notNeeded: "not read, because nothing depends on it"
    case .tooManyEntries(let limit): "a directory with more than \(limit) entries"
    case .vanished: "gone between listing and reading"
    case .unknownToUdev: "in sysfs, but libudev does not list it"
    case .knownOnlyToUdev: "listed by libudev, but not in /sys/bus"
    case .enumerationFailed: "libudev gave no list of devices, so the buses were walked"
    case .hostChanging: "devices came or went while the host was read"
    }
  }
}

/// Something that the host would not say.
///
/// Kept in the snapshot and shown as a note; what depends on it becomes undetermined.
package struct ReadProblem: Hashable, Sendable {
  package let path: HostPath
  package let failure: ReadFailure

  package init(path: HostPath, failure: ReadFailure) {
    self.path = path
    self.failure = failure
  }
}

extension ReadProblem: Comparable {
  package static func < (left: ReadProblem, right: ReadProblem) -> Bool {
    (left.path, left.failure.description) < (right.path, right.failure.description)
  }
}

extension ReadProblem: CustomStringConvertible {
  package var description: String { "\(path): \(failure)" }
}
