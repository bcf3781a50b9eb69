import Glibc
import HostModel

/// An open file or directory of this machine, closed at the end of its life.
///
/// Every system call of the reader is in this file: it alone needs `unsafe`. The pointers it
/// hands to libc are of strings and buffers that live for the whole of the call, and libc keeps
/// none of them.
struct OpenFile: ~Copyable {
  let number: Int32
  /// How long its directory entry says it is, in bytes, where that was asked.
  let claimedSize: Int?

  /// Takes over an open descriptor.
  init(number: Int32, claimedSize: Int? = nil) {
    self.number = number
    self.claimedSize = claimedSize
  }

  deinit { close(number) }

  /// The program's standard input, in a descriptor of its own.
  static func standardInput() throws(ReadFailure) -> OpenFile {
    OpenFile(number: try OpenFile.checked(dup(STDIN_FILENO)))
  }

  /// Opens what the user named, which may be a link.
  static func named(_ path: String) throws(ReadFailure) -> OpenFile {
    OpenFile(number: try OpenFile.checked(unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)))
  }

  /// Opens a directory that the user named, which may be a link; `nil` when it is a file.
  static func directory(named path: String) throws(ReadFailure) -> OpenFile? {
    let number = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if number < 0, errno == ENOTDIR { return nil }
    return OpenFile(number: try OpenFile.checked(number))
  }

  /// Opens an entry of a directory for reading, never through a link.
  ///
  /// `O_NONBLOCK` and `O_NOCTTY` make it harmless even if a FIFO or a terminal takes the entry's
  /// place after its kind was asked.
  static func entry(
    _ name: String, of directory: Int32, claimedSize: Int? = nil
  ) throws(ReadFailure) -> OpenFile? {
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    let number = unsafe openat(directory, name, flags)
    guard number >= 0 else { return try OpenFile.missing() }
    return OpenFile(number: number, claimedSize: claimedSize)
  }

  /// Opens a directory in a directory, never through a link; the caller closes it.
  static func directory(_ name: String, in directory: Int32) throws(ReadFailure) -> Int32? {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let number = unsafe openat(directory, name, flags)
    guard number >= 0 else { return try OpenFile.missing() }
    return number
  }

  /// Reads once into the whole buffer; 0 at the end of the file.
  borrowing func read(into buffer: inout [UInt8], from offset: Int = 0) throws(ReadFailure) -> Int {
    repeat {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        let free = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[offset...])
        return unsafe Glibc.read(number, free.baseAddress, free.count)
      }
      if count >= 0 { return count }
    } while errno == EINTR
    throw OpenFile.failure(errno)
  }

  /// What kind of entry this is, without opening it, and how long it says it is.
  static func status(
    of name: String, in directory: Int32
  ) throws(ReadFailure) -> (kind: EntryKind, size: Int)? {
    var status = stat()
    guard unsafe fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      return try OpenFile.missing()
    }
    let kind: EntryKind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFLNK: .link
      case S_IFDIR: .directory
      default: .special
      }
    return (kind, Int(status.st_size))
  }

  /// The text of a symbolic link; `.unexpectedKind` for anything else.
  static func link(
    _ name: String, in directory: Int32, scratch: inout [UInt8]
  ) throws(ReadFailure) -> String? {
    let size = scratch.count
    let count = unsafe scratch.withUnsafeMutableBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return -1 }
      return unsafe start.withMemoryRebound(to: CChar.self, capacity: size) { text in
        unsafe readlinkat(directory, name, text, size)
      }
    }
    guard count >= 0 else {
      if errno == EINVAL { throw .unexpectedKind }
      return try OpenFile.missing()
    }
    return String(decoding: scratch[..<count], as: UTF8.self)
  }

  /// The names in an open directory, sorted bytewise.
  static func names(in directory: Int32) throws(ReadFailure) -> [String] {
    // A descriptor of its own, since reading moves its position and closing the stream closes it.
    guard let own = try OpenFile.directory(".", in: directory) else { return [] }
    guard let stream = unsafe fdopendir(own) else {
      let failure = OpenFile.failure(errno)
      close(own)
      throw failure
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      // The kernel ends the name with a zero byte inside the record.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name.0) {
        unsafe String(cString: $0)
      }
      guard name != ".", name != ".." else { continue }
      guard names.count < AttributeLimit.entries else {
        throw .tooManyEntries(limit: AttributeLimit.entries)
      }
      names.append(name)
    }
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return names
  }

  /// The answer of a call that failed: no such entry, or the failure.
  private static func missing<Value>() throws(ReadFailure) -> Value? where Value: ~Copyable {
    let code = errno
    // ESRCH: a process that has ended.
    guard code != ENOENT, code != ENODEV, code != ESRCH else { return nil }
    throw failure(code)
  }

  /// Whether the program runs as root.
  static var isRoot: Bool { geteuid() == 0 }

  /// The program's own process.
  static var processNumber: Int { Int(getpid()) }

  private static func checked(_ number: Int32) throws(ReadFailure) -> Int32 {
    guard number >= 0 else { throw failure(errno) }
    return number
  }

  private static func failure(_ code: Int32) -> ReadFailure {
    switch code {
    // A link or a file where a directory should be, or the other way round.
    case ELOOP, ENOTDIR, EISDIR, ENXIO: .unexpectedKind
    default: .refused(ErrorNumber(code: code))
    }
  }
}

/// What an entry of a captured tree is.
enum EntryKind {
  case file
  case link
  case directory
  /// A FIFO, a socket or a device node: opening it could block or act.
  case special
}
