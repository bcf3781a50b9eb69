package import HostModel

/// Where the reader's questions go: a live host, a captured tree, a snapshot, or a recorder.
///
/// The questions are few so that reading is recording: whatever can answer them can be read, and
/// whatever was asked can be written down. Every question is about one entry of one directory.
/// No answer follows a symbolic link; the reader resolves links by their text, which cannot lead
/// out of the host's root.
///
/// `nil` means that the host has no such entry (ENOENT, ENODEV); every other refusal is thrown.
package protocol Store: SendableMetatype {
  /// The names in a directory, each as its `NameText`, sorted bytewise, without `.` and `..`.
  func names(in directory: HostPath) throws(ReadFailure) -> [String]?

  /// The bytes of a regular file; at most `AttributeLimit.bytes`, else `.tooLarge`.
  func attribute(_ name: String, in directory: HostPath) throws(ReadFailure) -> [UInt8]?

  /// The lines of a long file that the excerpt keeps, reduced; equal ones once.
  func excerpt(
    _ excerpt: Excerpt, of name: String, in directory: HostPath
  ) throws(ReadFailure) -> [String]?

  /// The target of a symbolic link, as its `NameText`.
  func link(_ name: String, in directory: HostPath) throws(ReadFailure) -> String?

  /// Whether there is an entry of this name, of whatever kind.
  func contains(_ name: String, in directory: HostPath) throws(ReadFailure) -> Bool

  /// Whether each question costs calls of the kernel, so that one file that has several facts is
  /// better than several files.
  ///
  /// Not so in a capture and while one is written: it has a file for each fact.
  var asksKernel: Bool { get }

  /// Makes another reader of the same host, for another thread; `nil` where one is as good, since
  /// no question waits for the kernel, or where one has to hear all questions.
  ///
  /// The other reader lives as long as this one at most.
  var anotherReader: (@Sendable () -> Self?)? { get }

  /// What is known to be wrong with the answers as a whole, and belongs to no question.
  var remarks: [ReadProblem] { get }

  /// The VFIO files that processes hold open, below `proc`.
  func openVFIOFiles() -> OpenFileScan

  /// Whether it is worth asking for a directory: `false` where nothing is known of it, which is found
  /// out without a look at all that is known.
  func mayList(_ directory: HostPath) -> Bool

  /// Which of these nodes processes hold open, below `proc`.
  func openNodes(among nodes: NodeIndex) -> OpenNodeScan
}

extension Store {
  package var asksKernel: Bool { false }
  package var anotherReader: (@Sendable () -> Self?)? { nil }

  package func mayList(_ directory: HostPath) -> Bool {
    ((try? names(in: directory)) ?? nil) != nil
  }

  package func openNodes(among nodes: NodeIndex) -> OpenNodeScan {
    OpenNodeScan(nodes: [], coverage: .unread(.notCaptured))
  }
}

/// How much the reader takes from one place, so that a hostile tree cannot fill the memory.
package enum AttributeLimit {
  /// The longest attribute, in bytes; sysfs itself stops at a page.
  package static let bytes = 64 << 10
  /// The most entries of one directory.
  package static let entries = 200_000
  /// The most directories on the way to an entry; each is held open.
  package static let depth = 64
}
