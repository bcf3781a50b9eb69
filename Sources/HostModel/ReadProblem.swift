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
