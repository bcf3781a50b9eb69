import Glibc

/// The calls of libc that output needs, each made so that its callers need no `unsafe`.
///
/// Swift's `print` does not report a full disk and `stdout` is a mutable global, so the bytes go to
/// write(2). Every `unsafe` here holds because the pointer lives only as long as the call, and a
/// path is a String that Swift itself ends with a zero byte.
enum SystemCalls {
  /// errno of a call that failed.
  struct Errno: Error {
    let number: Int32

    static let interrupted = Errno(number: EINTR)

    /// That of the call just made.
    static var last: Errno { Errno(number: errno) }
  }

  /// Writes all bytes, however many calls that takes.
  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(Errno) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes[written...].withUnsafeBytes { rest in
        unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0, errno != EINTR { throw Errno.last }
      written += max(0, count)
    }
  }

  /// The first `limit` bytes of a file, or of standard input without a path.
  static func contents(of path: String?, limit: Int) throws(Errno) -> [UInt8] {
    var descriptor = STDIN_FILENO
    if let path {
      descriptor = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC) }
      guard descriptor >= 0 else { throw Errno.last }
    }
    defer { if path != nil { _ = Glibc.close(descriptor) } }
    var bytes = [UInt8](repeating: 0, count: limit)
    var filled = 0
    while filled < limit {
      let count = unsafe bytes[filled...].withUnsafeMutableBytes { rest in
        unsafe read(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Errno.last }
      guard count > 0 else { break }
      filled += count
    }
    return Array(bytes[..<filled])
  }

  /// Creates a file that does not exist yet; follows no link.
  static func create(_ path: String) throws(Errno) -> Int32 {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    let descriptor = unsafe path.withCString { unsafe open($0, flags, 0o666) }
    guard descriptor >= 0 else { throw Errno.last }
    return descriptor
  }

  /// Waits until the bytes are on the disk.
  static func sync(_ descriptor: Int32) throws(Errno) {
    guard fsync(descriptor) == 0 else { throw Errno.last }
  }

  static func close(_ descriptor: Int32) throws(Errno) {
    guard Glibc.close(descriptor) == 0 else { throw Errno.last }
  }

  static func makeDirectory(_ path: String) throws(Errno) {
    let result = unsafe path.withCString { unsafe mkdir($0, 0o777) }
    guard result == 0 else { throw Errno.last }
  }

  static func makeLink(_ path: String, to target: String) throws(Errno) {
    let result = unsafe target.withCString { target in
      unsafe path.withCString { unsafe symlink(target, $0) }
    }
    guard result == 0 else { throw Errno.last }
  }

  static func rename(_ old: String, to new: String) throws(Errno) {
    let result = unsafe old.withCString { from in
      unsafe new.withCString { unsafe Glibc.rename(from, $0) }
    }
    guard result == 0 else { throw Errno.last }
  }

  static func remove(_ path: String) {
    _ = unsafe path.withCString { unsafe unlink($0) }
  }

  /// Removes an entry and all below it, following no link; what cannot go stays.
  static func removeTree(_ path: String, in directory: Int32 = AT_FDCWD) {
    guard unsafe path.withCString({ unsafe unlinkat(directory, $0, 0) }) < 0,
      errno == EISDIR || errno == EPERM
    else { return }
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let descriptor = unsafe path.withCString { unsafe openat(directory, $0, flags) }
    guard descriptor >= 0 else { return }
    for name in names(in: descriptor) { removeTree(name, in: descriptor) }
    _ = Glibc.close(descriptor)
    _ = unsafe path.withCString { unsafe unlinkat(directory, $0, AT_REMOVEDIR) }
  }

  private static func names(in directory: Int32) -> [String] {
    let own = dup(directory)
    guard own >= 0, let stream = unsafe fdopendir(own) else {
      _ = Glibc.close(own)
      return []
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      // The kernel ends the name with a zero byte inside the record.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name.0) {
        unsafe String(cString: $0)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  enum Kind {
    case nothing, regularFile, directory, other
  }

  /// What is at a path; a symbolic link is not followed.
  static func kind(of path: String) throws(Errno) -> Kind {
    var status = stat()
    let result = unsafe path.withCString { unsafe lstat($0, &status) }
    guard result == 0 else {
      guard errno == ENOENT else { throw Errno.last }
      return .nothing
    }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .regularFile
    case S_IFDIR: .directory
    default: .other
    }
  }

  /// How long a file says it is, in bytes.
  static func size(of path: String) throws(Errno) -> Int {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw Errno.last }
    return Int(status.st_size)
  }

  static func environment(_ name: String) -> String? {
    unsafe name.withCString { name in
      guard let value = unsafe getenv(name) else { return nil }
      return unsafe String(cString: value)
    }
  }

  static func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1
  }

  /// A closed pipe and a file that may not grow are errors of write(2), no reason to be killed.
  static func ignoreSignalsOfWriting() {
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)
  }

  static var processNumber: Int32 { getpid() }
}
