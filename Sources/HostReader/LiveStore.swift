import HostModel

/// This machine, but for the attribute whose reading can hang: that was read beforehand.
struct LiveStore: Store {
  let directory: DirectoryStore
  let overrides: [HostPath: Result<[UInt8]?, ReadFailure>]
  /// Where libudev and sysfs do not agree.
  let remarks: [ReadProblem]

  var asksKernel: Bool { true }

  var anotherReader: (@Sendable () -> LiveStore?)? {
    guard let makeDirectory = directory.anotherReader else { return nil }
    return { [overrides] in
      guard let directory = makeDirectory() else { return nil }
      return LiveStore(directory: directory, overrides: overrides, remarks: [])
    }
  }

  func attribute(_ name: String, in path: HostPath) throws(ReadFailure) -> [UInt8]? {
    guard name == "driver_override" else { return try directory.attribute(name, in: path) }
    if let answer = overrides[path] { return try answer.get() }
    // A device that came after the survey, or is on a bus that was not surveyed.
    guard try directory.contains(name, in: path) else { return nil }
    throw .avoided
  }

  func names(in path: HostPath) throws(ReadFailure) -> [String]? {
    try directory.names(in: path)
  }

  func excerpt(
    _ excerpt: Excerpt, of name: String, in path: HostPath
  ) throws(ReadFailure) -> [String]? {
    try directory.excerpt(excerpt, of: name, in: path)
  }

  func link(_ name: String, in path: HostPath) throws(ReadFailure) -> String? {
    try directory.link(name, in: path)
  }

  func contains(_ name: String, in path: HostPath) throws(ReadFailure) -> Bool {
    try directory.contains(name, in: path)
  }

  func openVFIOFiles() -> OpenFileScan { directory.openVFIOFiles() }

  func openNodes(among nodes: NodeIndex) -> OpenNodeScan { directory.openNodes(among: nodes) }
}
