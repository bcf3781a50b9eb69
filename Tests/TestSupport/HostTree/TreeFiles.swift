import Glibc
package import HostModel
package import HostReader

/// Puts entries into the file system through libc; the one file here that says `unsafe`.
///
/// Every `unsafe` call hands libc a string or an array that Swift keeps alive for the call.
package enum TreeFiles {
  package struct Failure: Error, CustomStringConvertible {
    package let path: String
    package let errno: ErrorNumber

    package var description: String { "\(path): \(errno.meaning)" }
  }

  /// Writes each entry below `root`, which exists; refused and absent entries leave nothing.
  package static func write(_ entries: SnapshotEntries, to root: String) throws(Failure) {
    // Bytewise order puts a directory before what lies in it.
    for path in entries.keys.sorted() where path != .root {
      let place = root + path.description
      switch entries[path] {
      case .directory: try makeDirectory(place)
      case .attribute(let bytes): try writeFile(place, bytes, mode: 0o644)
      case .present: try writeFile(place, [], mode: 0o200)
      case .link(let target): try makeLink(place, to: target)
      case .absent, .failed, nil: break
      }
    }
  }

  package static func makeDirectory(_ path: String) throws(Failure) {
    try check(unsafe mkdir(path, 0o755), path)
  }

  package static func makeLink(_ path: String, to target: String) throws(Failure) {
    try check(unsafe symlink(target, path), path)
  }

  package static func writeFile(
    _ path: String, _ bytes: [UInt8], mode: UInt32 = 0o644
  ) throws(Failure) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
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

  private static func check(_ result: Int32, _ path: String) throws(Failure) {
    guard result < 0 else { return }
    throw Failure(path: path, errno: ErrorNumber(code: errno))
  }
}
