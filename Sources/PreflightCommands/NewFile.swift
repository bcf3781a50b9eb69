import Glibc
import HostModel

/// A file that appears whole or not at all: written beside its place and renamed into it.
struct NewFile {
  private let path: String
  private let replaces: Bool

  /// - Parameter replaces: whether a regular file of this name may be replaced.
  init(_ path: String, replaces: Bool) {
    self.path = path
    self.replaces = replaces
  }

  /// Refuses what must not be replaced, before work is spent on the content.
  ///
  /// A device node or a link is never replaced: root would turn /dev/null into a file.
  func check() throws(Failure) {
    switch Result(catching: { () throws(SystemCalls.Errno) in try SystemCalls.kind(of: path) }) {
    case .success(.nothing): return
    case .success(.regularFile) where replaces: return
    case .success(.regularFile): throw failure("it exists; --force replaces it")
    case .success(.directory): throw failure("it is a directory")
    case .success(.other): throw failure("it is no regular file")
    case .failure(let error): throw failure(error)
    }
  }

  func write(_ bytes: [UInt8]) throws(Failure) {
    let temporary = "\(path).\(SystemCalls.processNumber).tmp"
    do throws(SystemCalls.Errno) {
      let descriptor = try SystemCalls.create(temporary)
      try NewFile.fill(descriptor, with: bytes)
      try SystemCalls.rename(temporary, to: path)
    } catch {
      // EEXIST: the temporary file is somebody else's.
      if error.number != EEXIST { SystemCalls.remove(temporary) }
      throw failure(error)
    }
  }

  /// Closes the file also when it could not be filled.
  private static func fill(_ descriptor: Int32, with bytes: [UInt8]) throws(SystemCalls.Errno) {
    do {
      try SystemCalls.write(bytes, to: descriptor)
    } catch {
      try? SystemCalls.close(descriptor)
      throw error
    }
    try SystemCalls.close(descriptor)
  }

  private func failure(_ error: SystemCalls.Errno) -> Failure {
    let number = ErrorNumber(code: error.number)
    return failure("\(number.meaning) (\(number.name))")
  }

  private func failure(_ reason: String) -> Failure {
    Failure("cannot write \(PrintableText.quoted(path)): \(reason)")
  }
}
