import HostModel
import HostReader
import SystemCalls

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
    switch try Failure.kindOfTarget(path) {
    case nil: return
    case .file where replaces: return
    case .file: throw Failure(cannotWrite: path, "it exists; --force replaces it")
    case .directory:
      throw Failure(cannotWrite: path, "it is a directory; with a / at its end a tree is written")
    case .link, .special: throw Failure(cannotWrite: path, "it is not a regular file")
    }
  }

  func write(_ snapshot: SnapshotTable) throws(Failure) {
    let signals = HeldSignals()
    let temporary = "\(path).\(Process.number).tmp"
    try Failure.writing(path) { () throws(Errno) in
      let file = try Descriptor.newFile(at: temporary)
      do throws(Errno) {
        try NewFile.fill(file, with: snapshot, heeding: signals)
        if replaces {
          try FileTree.rename(temporary, to: path)
        } else {
          try FileTree.renameExclusively(temporary, to: path)
        }
      } catch {
        FileTree.remove(temporary)
        throw error
      }
    }
  }

  private static func fill(
    _ file: consuming Descriptor, with snapshot: SnapshotTable,
    heeding signals: borrowing HeldSignals
  ) throws(Errno) {
    try SnapshotFile.write(snapshot) { (piece) throws(Errno) in
      try signals.check()
      try file.write(piece)
    }
    try file.sync()
    try signals.check()
    try file.close()
  }
}

extension Failure {
  init(cannotWrite path: String, _ reason: String) {
    self.init("cannot write \(PrintableText.quoted(path)): \(reason)")
  }

  /// What is where a file is to be written.
  static func kindOfTarget(_ path: String) throws(Failure) -> DirectoryEntry.Kind? {
    try writing(path) { () throws(Errno) in try FileTree.status(of: path)?.kind }
  }

  /// Turns the errno of a call into the failure to write a file.
  static func writing<Answer>(
    _ path: String, _ calls: () throws(Errno) -> Answer
  ) throws(Failure) -> Answer {
    do {
      return try calls()
    } catch {
      let number = ErrorNumber(error)
      throw Failure(cannotWrite: path, "\(number.meaning) (\(number.name))")
    }
  }
}
