import Glibc

/// An open file or directory of this machine, closed at the end of its life.
///
/// Every `unsafe` in this module holds for the same reason, unless its file gives another: the
/// pointers that libc gets are of strings, buffers and values that live for the whole of the call,
/// and libc keeps none of them.
package struct Descriptor: ~Copyable, Sendable {
  package let number: Int32

  /// Takes over an open descriptor.
  package init(owning number: Int32) {
    self.number = number
  }

  deinit { _ = Glibc.close(number) }

  /// Gives the number away; whoever takes it closes it.
  package consuming func release() -> Int32 {
    let number = number
    discard self
    return number
  }

  /// Closes a number that was released.
  package static func close(_ number: Int32) {
    _ = Glibc.close(number)
  }

  /// Closes it, and says what the deinitializer would not.
  package consuming func close() throws(Errno) {
    guard Glibc.close(release()) == 0 else { throw Errno.last }
  }

  static func checked(_ number: Int32) throws(Errno) -> Descriptor {
    guard number >= 0 else { throw Errno.last }
    return Descriptor(owning: number)
  }
}

extension Descriptor {
  /// Opens a file for reading; the path may be a link.
  package static func file(at path: String) throws(Errno) -> Descriptor {
    try checked(unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY))
  }

  /// Opens a directory; the path may be a link. Fails with ENOTDIR for a file.
  package static func directory(at path: String) throws(Errno) -> Descriptor {
    try checked(unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
  }

  /// Creates a file that does not exist yet, for writing; follows no link.
  package static func newFile(at path: String) throws(Errno) -> Descriptor {
    try checked(
      unsafe path.withName { unsafe open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) })
  }

  /// A second descriptor of the program's standard input.
  package static func standardInput() throws(Errno) -> Descriptor {
    try checked(fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0))
  }

  /// Both ends of a new pipe.
  package static func pipe() throws(Errno) -> Pipe {
    var ends: [Int32] = [0, 0]
    guard unsafe Glibc.pipe(&ends) == 0 else { throw Errno.last }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return Pipe(output: Descriptor(owning: ends[0]), input: Descriptor(owning: ends[1]))
  }

  package struct Pipe: ~Copyable {
    /// The end that is read from.
    package let output: Descriptor
    /// The end that is written to.
    package let input: Descriptor
  }
}
