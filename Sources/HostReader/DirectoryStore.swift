package import HostModel

/// A host below a directory: a captured tree, or with `/` this machine.
///
/// A class, because it owns open directories that move from one question to the next, while the
/// questions themselves change nothing that a reader could see.
package final class DirectoryStore: Store {
  /// Whether the tree is the kernel's own or a copy that anybody may have made.
  enum Origin {
    case live
    case captured
  }

  let origin: Origin
  private var cursor: DirectoryCursor
  /// One byte longer than the longest attribute, to see that one is longer.
  private var scratch = [UInt8](repeating: 0, count: AttributeLimit.bytes + 1)

  init(root: consuming OpenFile, origin: Origin) {
    self.origin = origin
    cursor = DirectoryCursor(root: root)
  }

  /// A captured tree; the path itself may be a link.
  package convenience init(tree path: String) throws(ReadFailure) {
    guard let root = try OpenFile.directory(named: path) else { throw .unexpectedKind }
    self.init(root: root, origin: .captured)
  }

  /// A directory gives its answers one by one.
  package var remarks: [ReadProblem] { [] }

  package func names(in directory: HostPath) throws(ReadFailure) -> [String]? {
    guard let descriptor = try cursor.descriptor(of: directory) else { return nil }
    return try OpenFile.names(in: descriptor)
  }

  package func attribute(
    _ name: String, in directory: HostPath
  ) throws(ReadFailure) -> [UInt8]? {
    guard let file = try open(name, in: directory) else { return nil }
    var count = 0
    do {
      // The kernel gives an attribute whole at the first read, whatever size it claims. A copy has
      // its true size, and can come in pieces.
      repeat {
        let more = try file.read(into: &scratch, from: count)
        count += more
        if more == 0 || count == file.claimedSize || origin == .live { break }
      } while count < scratch.count
    } catch .refused(.noSuchDevice) {
      return nil
    }
    guard count <= AttributeLimit.bytes else { throw .tooLarge(limit: AttributeLimit.bytes) }
    return Array(scratch[..<count])
  }

  package func excerpt(
    _ excerpt: Excerpt, of name: String, in directory: HostPath
  ) throws(ReadFailure) -> [String]? {
    guard let file = try open(name, in: directory) else { return nil }
    var collector = ExcerptCollector(excerpt)
    var left = excerpt.limit
    while left > 0 {
      let size = try file.read(into: &scratch)
      guard size > 0 else { break }
      collector.take(scratch[..<min(size, left)])
      left -= size
    }
    return collector.finish(isWhole: left > 0)
  }

  package func link(_ name: String, in directory: HostPath) throws(ReadFailure) -> String? {
    guard let descriptor = try cursor.descriptor(of: directory) else { return nil }
    return try OpenFile.link(name, in: descriptor, scratch: &scratch)
  }

  package func contains(_ name: String, in directory: HostPath) throws(ReadFailure) -> Bool {
    guard let descriptor = try cursor.descriptor(of: directory) else { return false }
    return try OpenFile.status(of: name, in: descriptor) != nil
  }

  /// Opens a regular file; in a captured tree nothing else is opened.
  func open(_ name: String, in directory: HostPath) throws(ReadFailure) -> OpenFile? {
    guard let descriptor = try cursor.descriptor(of: directory) else { return nil }
    guard origin == .captured else { return try OpenFile.entry(name, of: descriptor) }
    guard let status = try OpenFile.status(of: name, in: descriptor) else { return nil }
    guard status.kind == .file else { throw .unexpectedKind }
    return try OpenFile.entry(name, of: descriptor, claimedSize: status.size)
  }
}
