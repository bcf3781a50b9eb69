/// The search for VFIO files among the open files of all processes.
package struct OpenFileScan: Sendable, Equatable {
  package let files: [OpenVFIOFile]
  package let coverage: Coverage

  package enum Coverage: Sendable, Hashable {
    /// Every process was seen, as root in the host's own pid namespace.
    case complete
    /// Some processes kept their files to themselves.
    case partial
    /// Nobody looked: there is no VFIO node that could be open.
    case notNeeded
    /// `/proc` did not answer, or the capture does not say.
    case unread(ReadFailure)
  }

  package init(files: [OpenVFIOFile], coverage: Coverage) {
    self.files = files
    self.coverage = coverage
  }

  package static let notNeeded = OpenFileScan(files: [], coverage: .notNeeded)
}
