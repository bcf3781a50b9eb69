package import HostModel
import SystemCalls

/// A directory of captures that are audited together: snapshot files and captured trees.
///
/// It is as untrusted as what it holds: only regular files and directories are opened, no link is
/// followed. A class, because the threads that read it share the open directory.
package final class CaptureDirectory: Sendable {
  /// The ending of a snapshot file's name.
  package static let ending = ".snapshot"

  private let root: Descriptor
  /// The captures by name, bytewise: what is called `*.snapshot`, whatever it is, and directories
  /// that hold `sys` or cannot be looked into.
  package let captures: [String]
  /// The other names.
  package let others: [String]

  package init(at path: String) throws(SourceError) {
    let root = try SourceError.reading(path) { () throws(ReadFailure) in
      try Descriptor.directoryOrFile(at: path)
    }
    guard let root else { throw SourceError("\(SourceError.shown(path)) is not a directory") }
    var buffer = [UInt8](repeating: 0, count: AttributeLimit.bytes)
    let listed = try SourceError.reading(path) { () throws(ReadFailure) in
      try DirectoryListing.sortedNames(in: root.number, buffer: &buffer)
    }
    guard let names = listed else { throw CaptureDirectory.missing(path) }
    let directory = root.number
    captures = names.filter { CaptureDirectory.isCapture($0, in: directory) }
    let chosen = Set(captures.map(EntryName.init))
    others = names.filter { !chosen.contains(EntryName($0)) }
    self.root = root
  }

  private static func isCapture(_ name: String, in directory: Int32) -> Bool {
    guard !name.hasSuffix(ending) else { return true }
    do {
      let status = try CaptureDirectory.status(of: name, in: directory)
      guard status?.kind == .directory else { return false }
      return try CaptureDirectory.status(of: name + "/sys", in: directory) != nil
    } catch {
      // Its row says why it cannot be read.
      return true
    }
  }

  private static func status(
    of name: String, in directory: Int32
  ) throws(ReadFailure) -> DirectoryEntry.Status? {
    try ReadFailure.askingOfEntry { () throws(Errno) in
      try DirectoryEntry.status(of: name, in: directory)
    }
  }

  /// How long the file says it is, in bytes; 0 of what is not a file.
  package func size(of name: String) -> Int {
    guard let status = try? DirectoryEntry.status(of: name, in: root.number),
      status.kind == .file
    else { return 0 }
    return status.size
  }

  /// Reads one of the captures, by one thread, since others read other captures.
  package func read(
    _ name: String, needing facts: NeededFacts
  ) throws(SourceError) -> ObservedHost {
    try capture(name).host(needing: facts, by: .one)
  }

  private func capture(_ name: String) throws(SourceError) -> CapturedHost {
    let directory = root.number
    let status = try SourceError.reading(name) { () throws(ReadFailure) in
      try CaptureDirectory.status(of: name, in: directory)
    }
    switch status?.kind {
    case .file:
      let file = try SourceError.reading(name) { () throws(ReadFailure) in
        try ReadFailure.askingOfEntry { () throws(Errno) in
          try DirectoryEntry.open(name, in: directory)
        }
      }
      guard let file else { throw CaptureDirectory.missing(name) }
      return .snapshot(try CapturedHost.snapshot(in: file, named: name))
    case .directory:
      let tree = try SourceError.reading(name) { () throws(ReadFailure) in
        try ReadFailure.askingOfEntry { () throws(Errno) in
          try DirectoryEntry.openDirectory(name, in: directory)
        }
      }
      guard let tree else { throw CaptureDirectory.missing(name) }
      return try CapturedHost.tree(tree, at: name)
    case .link: throw SourceError(cannotRead: name, "a symbolic link, which is not followed")
    case .special: throw SourceError(cannotRead: name, "not a regular file")
    case nil: throw CaptureDirectory.missing(name)
    }
  }

  private static func missing(_ name: String) -> SourceError {
    SourceError(cannotRead: name, ErrorNumber.noSuchFile.meaning)
  }
}
