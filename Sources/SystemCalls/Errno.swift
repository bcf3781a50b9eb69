import Glibc

/// The errno of a call that failed on this machine.
///
/// What the program says of it is said by `ErrorNumber`, the number on the observed host.
package struct Errno: Error, Hashable, Sendable {
  package let code: Int32

  package init(code: Int32) {
    self.code = code
  }

  /// That of the call just made.
  static var last: Errno { Errno(code: errno) }

  package static let interrupted = Errno(code: EINTR)
  package static let noSuchFile = Errno(code: ENOENT)
  package static let noSuchDevice = Errno(code: ENODEV)
  package static let noSuchProcess = Errno(code: ESRCH)
  package static let inputOutput = Errno(code: EIO)
  package static let exists = Errno(code: EEXIST)
  package static let notSupported = Errno(code: EOPNOTSUPP)
  package static let invalid = Errno(code: EINVAL)
  package static let noSuchCall = Errno(code: ENOSYS)
  package static let notPermitted = Errno(code: EPERM)
  package static let notDirectory = Errno(code: ENOTDIR)
  package static let isDirectory = Errno(code: EISDIR)
  package static let linkLoop = Errno(code: ELOOP)
  package static let noSuchAddress = Errno(code: ENXIO)
  package static let brokenPipe = Errno(code: EPIPE)
}
