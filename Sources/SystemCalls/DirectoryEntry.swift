import Glibc

/// The entries of an open directory, each asked for without following a link.
///
/// The directory is a plain number, which its owner keeps open for the whole of the call. A name is
/// lent to the kernel by `withName`: given as an argument, a short one would be copied to the heap.
package enum DirectoryEntry {
  /// What an entry is.
  package enum Kind: Sendable {
    case file
    case link
    case directory
    /// A FIFO, a socket or a device node: opening it could block or act.
    case special
  }

  package struct Status: Sendable {
    package let kind: Kind
    /// How long the entry says it is, in bytes.
    package let size: Int

    init(_ status: stat) {
      kind =
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFLNK: .link
        case S_IFDIR: .directory
        default: .special
        }
      size = Int(status.st_size)
    }
  }

  /// Opens an entry for reading.
  ///
  /// `O_NONBLOCK` and `O_NOCTTY` make it harmless even if a FIFO or a terminal takes the entry's
  /// place after its kind was asked.
  package static func open(_ name: String, in directory: Int32) throws(Errno) -> Descriptor {
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    return try .checked(unsafe name.withName { unsafe openat(directory, $0, flags) })
  }

  package static func openDirectory(
    _ name: String, in directory: Int32
  ) throws(Errno) -> Descriptor {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    return try .checked(unsafe name.withName { unsafe openat(directory, $0, flags) })
  }

  /// What kind of entry this is, without opening it.
  package static func status(of name: String, in directory: Int32) throws(Errno) -> Status {
    var status = stat()
    let result = unsafe name.withName {
      unsafe fstatat(directory, $0, &status, AT_SYMLINK_NOFOLLOW)
    }
    guard result == 0 else { throw Errno.last }
    return Status(status)
  }

  /// The number of a device node.
  package struct Device: Sendable {
    package let major: UInt32
    package let minor: UInt32
    package let isBlock: Bool
  }

  /// The device whose node a link leads to, which is followed and not opened; `nil` where it leads to
  /// something else.
  package static func device(behind name: String, in directory: Int32) throws(Errno) -> Device? {
    var status = stat()
    let result = unsafe name.withName { unsafe fstatat(directory, $0, &status, 0) }
    guard result == 0 else { throw Errno.last }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFBLK || kind == S_IFCHR else { return nil }
    // As `gnu_dev_major` and `gnu_dev_minor` take it apart.
    let number = UInt64(status.st_rdev)
    return Device(
      major: UInt32(truncatingIfNeeded: number >> 8 & 0xfff | number >> 32 & 0xffff_f000),
      minor: UInt32(truncatingIfNeeded: number & 0xff | number >> 12 & 0xffff_ff00),
      isBlock: kind == S_IFBLK)
  }

  /// Writes the text of a symbolic link into the buffer, and returns its length in bytes; EINVAL
  /// for anything else.
  package static func readLink(
    _ name: String, in directory: Int32, into buffer: inout [UInt8]
  ) throws(Errno) -> Int {
    let size = buffer.count
    let count = unsafe buffer.withUnsafeMutableBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return 0 }
      return unsafe start.withMemoryRebound(to: CChar.self, capacity: size) { text in
        unsafe name.withName { unsafe readlinkat(directory, $0, text, size) }
      }
    }
    guard count >= 0 else { throw Errno.last }
    return count
  }
}
