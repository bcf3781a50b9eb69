import HostModel

/// A file that appears whole or not at all: written beside its place and renamed into it.
struct NewFile {
  /// How much is written between two looks at the signals, in bytes.
  private static let piece = 1 << 20

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
    case .nothing: return
    case .regularFile where replaces: return
    case .regularFile: throw Failure(cannotWrite: path, "it exists; --force replaces it")
    case .directory:
      throw Failure(cannotWrite: path, "it is a directory; with a / at its end a tree is written")
    case .other: throw Failure(cannotWrite: path, "it is no regular file")
    }
  }

  func write(_ bytes: [UInt8]) throws(Failure) {
    let signals = HeldSignals()
    let temporary = "\(path).\(SystemCalls.processNumber).tmp"
    try Failure.writing(path) { () throws(SystemCalls.Errno) in
      let descriptor = try SystemCalls.create(temporary)
      do throws(SystemCalls.Errno) {
        try NewFile.fill(descriptor, with: bytes, heeding: signals)
        try SystemCalls.rename(temporary, to: path)
      } catch {
        SystemCalls.remove(temporary)
        throw error
      }
    }
  }

  /// Closes the file also when it could not be filled.
  private static func fill(
    _ descriptor: Int32, with bytes: [UInt8], heeding signals: borrowing HeldSignals
  ) throws(SystemCalls.Errno) {
    do {
      var rest = bytes[...]
      while !rest.isEmpty {
        try signals.check()
        try SystemCalls.write(Array(rest.prefix(piece)), to: descriptor)
        rest = rest.dropFirst(piece)
      }
      try SystemCalls.sync(descriptor)
      try signals.check()
    } catch {
      try? SystemCalls.close(descriptor)
      throw error
    }
    try SystemCalls.close(descriptor)
  }
}

extension Failure {
  init(cannotWrite path: String, _ reason: String) {
    self.init("cannot write \(PrintableText.quoted(path)): \(reason)")
  }

  /// What is where a file is to be written.
  static func kindOfTarget(_ path: String) throws(Failure) -> SystemCalls.Kind {
    try writing(path) { () throws(SystemCalls.Errno) in try SystemCalls.kind(of: path) }
  }

  /// Turns the errno of a call into the failure to write a file.
  static func writing<Answer>(
    _ path: String, _ calls: () throws(SystemCalls.Errno) -> Answer
  ) throws(Failure) -> Answer {
    do {
      return try calls()
    } catch {
      let number = ErrorNumber(code: error.number)
      throw Failure(cannotWrite: path, "\(number.meaning) (\(number.name))")
    }
  }
}
