/// An errno value of Linux, without its sign.
///
/// Its own type, because this module may not import libc and because a prediction is about the
/// observed host's numbers (the generic ones of x86 and Arm), not this machine's.
package struct ErrorNumber: Hashable, Sendable {
  package let code: Int32

  package init(code: Int32) {
    self.code = code
  }

  package static let operationNotPermitted = ErrorNumber(code: 1)
  package static let noSuchFile = ErrorNumber(code: 2)
  package static let inputOutput = ErrorNumber(code: 5)
  package static let tryAgain = ErrorNumber(code: 11)
  package static let noMemory = ErrorNumber(code: 12)
  package static let permissionDenied = ErrorNumber(code: 13)
  package static let busy = ErrorNumber(code: 16)
  package static let exists = ErrorNumber(code: 17)
  package static let noSuchDevice = ErrorNumber(code: 19)
  package static let notDirectory = ErrorNumber(code: 20)
  package static let isDirectory = ErrorNumber(code: 21)
  package static let invalid = ErrorNumber(code: 22)
  package static let readOnly = ErrorNumber(code: 30)
  package static let outOfRange = ErrorNumber(code: 34)
  package static let linkLoop = ErrorNumber(code: 40)

  private static let table: [(code: Int32, name: String, meaning: String)] = [
    (1, "EPERM", "operation not permitted"),
    (2, "ENOENT", "no such file or directory"),
    (4, "EINTR", "interrupted system call"),
    (5, "EIO", "input/output error"),
    (6, "ENXIO", "no such device or address"),
    (9, "EBADF", "bad file descriptor"),
    (11, "EAGAIN", "resource temporarily unavailable"),
    (12, "ENOMEM", "cannot allocate memory"),
    (13, "EACCES", "permission denied"),
    (16, "EBUSY", "device or resource busy"),
    (17, "EEXIST", "file exists"),
    (19, "ENODEV", "no such device"),
    (20, "ENOTDIR", "not a directory"),
    (21, "EISDIR", "is a directory"),
    (22, "EINVAL", "invalid argument"),
    (23, "ENFILE", "too many open files in system"),
    (24, "EMFILE", "too many open files"),
    (27, "EFBIG", "file too large"),
    (28, "ENOSPC", "no space left on device"),
    (30, "EROFS", "read-only file system"),
    (32, "EPIPE", "broken pipe"),
    (34, "ERANGE", "numerical result out of range"),
    (36, "ENAMETOOLONG", "file name too long"),
    (38, "ENOSYS", "function not implemented"),
    (40, "ELOOP", "too many levels of symbolic links"),
    (75, "EOVERFLOW", "value too large for defined data type"),
    (77, "EBADFD", "file descriptor in bad state"),
    (95, "EOPNOTSUPP", "operation not supported"),
    (110, "ETIMEDOUT", "connection timed out"),
    (122, "EDQUOT", "disk quota exceeded"),
  ]

  /// Finds an errno by its symbol, `EBUSY`.
  package init?(name: some StringProtocol) {
    if let row = ErrorNumber.table.first(where: { $0.name == name }) {
      code = row.code
    } else if name.hasPrefix("errno"), let code = Int32(name.dropFirst(5)), code > 0 {
      self.code = code
    } else {
      return nil
    }
  }

  /// The symbol, `EBUSY`; `errno517` for a number without one here.
  package var name: String {
    ErrorNumber.table.first { $0.code == code }?.name ?? "errno\(code)"
  }

  /// The sentence of `strerror`, in lower case.
  package var meaning: String {
    ErrorNumber.table.first { $0.code == code }?.meaning ?? "error \(code)"
  }

  /// The sentence as libc spells it, with its capital letter.
  package var sentence: String { meaning.prefix(1).uppercased() + meaning.dropFirst() }

  /// Every errno that has a symbol here, ascending.
  package static let allNamed = table.map { ErrorNumber(code: $0.code) }
}

extension ErrorNumber: CustomStringConvertible {
  package var description: String { name }
}
