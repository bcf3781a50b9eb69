import HostModel

/// Problems that do not answer a question about a path, and where a snapshot keeps them.
extension ReadProblem {
  /// Above the paths of such problems; the star stands for itself.
  static let remarks: HostPath = "*"

  /// The path of its entry.
  var entryPath: HostPath { ReadProblem.remarks / path.relative }

  /// Reads an entry; `nil` for one of any other kind.
  init?(_ entry: SnapshotEntry, at path: HostPath) {
    guard case .failed(let failure) = entry, failure.isRemark,
      let about = HostPath(path.relative.dropFirst(2)), !about.relative.isEmpty
    else { return nil }
    self.init(path: about, failure: failure)
  }
}

extension HostPath {
  /// Whether a problem of the answers as a whole belongs here.
  var isOfRemark: Bool { relative == "*" || relative.utf8.starts(with: "*/".utf8) }

  /// The same of a path in bytes.
  static func isOfRemark(_ path: [UInt8]) -> Bool {
    path.first == UInt8(ascii: "*") && (path.count == 1 || path[1] == UInt8(ascii: "/"))
  }
}

extension ReadFailure {
  /// Whether it is about the answers as a whole.
  var isRemark: Bool {
    switch self {
    case .unknownToUdev, .knownOnlyToUdev, .enumerationFailed, .hostChanging: true
    default: false
    }
  }
}
