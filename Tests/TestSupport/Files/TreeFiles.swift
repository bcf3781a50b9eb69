import Glibc
package import HostModel
package import HostReader
import SystemCalls

/// The file system through libc; the one file of the test support that says `unsafe`.
///
/// Every `unsafe` call hands libc a string or an array that Swift keeps alive for the call, or
/// copies what libc returns before the next call.
package enum TreeFiles {
  package struct Failure: Error, CustomStringConvertible {
    package let path: String
    package let errno: ErrorNumber

    package var description: String { "\(path): \(errno.meaning)" }
  }

  /// Writes each entry below `root`, which exists; refused and absent entries leave nothing.
  ///
  /// - Parameter mode: of a file that is known to exist and was never read, such as `bind`.
  package static func write(
    _ entries: SnapshotEntries, to root: String, modeOfUnreadable mode: UInt32 = 0o200
  ) throws(Failure) {
    // Bytewise order puts a directory before what lies in it.
    for path in entries.keys.sorted() where path != .root {
      let place = root + "/" + path.relative
      switch entries[path] {
      case .directory: try makeDirectory(place)
      case .attribute(let bytes): try writeFile(place, bytes, mode: 0o644)
      case .present: try writeFile(place, [], mode: mode)
      case .link(let target): try makeLink(place, to: target)
      case .absent, .failed, nil: break
      }
    }
  }

  package static func makeDirectory(_ path: String) throws(Failure) {
    try check(unsafe mkdir(name(path), 0o755), path)
  }

  /// Makes a directory and those above it, as far as they are missing.
  package static func makeDirectories(_ path: String) throws(Failure) {
    guard unsafe mkdir(path, 0o755) < 0, errno != EEXIST else { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw Failure(path: path, errno: ErrorNumber(code: errno))
    }
    try makeDirectories(String(path[..<slash]))
    try makeDirectory(path)
  }

  package static func makeLink(_ path: String, to target: String) throws(Failure) {
    do {
      try FileTree.makeLink(path, to: target)
    } catch {
      throw Failure(path: path, errno: ErrorNumber(error))
    }
  }

  /// Makes a FIFO, at which a reader waits for a writer that never comes.
  package static func makeFIFO(_ path: String) throws(Failure) {
    try check(unsafe mkfifo(path, 0o644), path)
  }

  /// The bytes of a path for libc.
  private static func name(_ path: String) -> [CChar] {
    NameText.bytes(of: path).map { CChar(bitPattern: $0) } + [0]
  }

  /// Changes the permissions of a file or directory.
  package static func setMode(_ mode: UInt32, of path: String) throws(Failure) {
    try check(unsafe chmod(path, mode), path)
  }

  package static func writeFile(
    _ path: String, _ bytes: [UInt8], mode: UInt32 = 0o644
  ) throws(Failure) {
    let descriptor = unsafe open(name(path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    try check(descriptor, path)
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes[written...].withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      }
      try check(Int32(clamping: count), path)
      written += count
    }
  }

  /// The whole file; `nil` when it cannot be opened or read.
  package static func readFile(_ path: String) -> [UInt8]? {
    try? Descriptor.file(at: path).contents(limit: .max)
  }

  /// The names in a directory, sorted bytewise; none when it cannot be listed.
  package static func names(in directory: String) -> [String] {
    guard let listed = try? Descriptor.directory(at: directory),
      let names = try? DirectoryListing.names(in: listed.number)
    else { return [] }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// A new directory below `TMPDIR`, or `/tmp`.
  static func makeTemporaryDirectory() throws(Failure) -> String {
    let pattern = (environment("TMPDIR") ?? "/tmp") + "/vfio-preflight.XXXXXX"
    var template = pattern.utf8CString
    let isMade = unsafe template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return false }
      return unsafe mkdtemp(start) != nil
    }
    guard isMade else { throw Failure(path: pattern, errno: ErrorNumber(code: errno)) }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Removes an entry and all below it, following no link; what cannot go stays.
  package static func removeTree(_ path: String) {
    FileTree.removeTree(path)
  }

  package static func environment(_ name: String) -> String? {
    Process.environment(name)
  }

  private static func check(_ result: Int32, _ path: String) throws(Failure) {
    guard result < 0 else { return }
    throw Failure(path: path, errno: ErrorNumber(code: errno))
  }
}
