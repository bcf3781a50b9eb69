import HostModel

/// One operation that was really done, what the kernel answered, and what was different then.
struct RecordedStep: Sendable {
  /// Of the `do` line, counted from 1.
  let line: Int
  /// In the grammar of `predict`.
  let operation: String
  var answer: RecordedAnswer?
  /// Devices whose driver was another than before the step; `nil` for none.
  var drivers: [DeviceName: DriverName?] = [:]
  /// Nodes below `/dev/vfio` that came.
  var newNodes: Set<HostPath> = []
  /// Nodes below `/dev/vfio` that went.
  var lostNodes: Set<HostPath> = []
  var newDevices: Set<DeviceName> = []
  var lostDevices: Set<DeviceName> = []
  /// Operations of earlier steps that waited and were over now.
  var ended: [Ended] = []
  /// Lines of the kernel's log, for readers.
  var log: [Substring] = []

  struct Ended: Equatable, Sendable {
    let operation: String
    let answer: RecordedAnswer
  }
}

/// Operations done one after the other, from a state that was captured.
struct RecordedSequence: Sendable {
  /// Of the `sequence` line, counted from 1.
  let line: Int
  let name: String
  /// Numbers of kernel-rules §13 that it shows, `13.4`.
  var cases: [String] = []
  var about: String?
  /// Operations done before the capture, for readers.
  var prepared: [String] = []
  /// Lines of the host's snapshot that the capture did not have.
  var removed: [String] = []
  /// Lines that it had instead.
  var added: [String] = []
  var steps: [RecordedStep] = []
}
