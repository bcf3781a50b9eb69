package import HostModel
package import SystemCalls

extension ErrorNumber {
  /// This machine's number, for what the program says of it.
  package init(_ error: Errno) {
    self.init(code: error.code)
  }
}

extension ReadFailure {
  init(_ error: Errno) {
    switch error {
    // A link or a file where a directory should be, or the other way round.
    case .linkLoop, .notDirectory, .isDirectory, .noSuchAddress: self = .unexpectedKind
    default: self = .refused(ErrorNumber(error))
    }
  }

  /// What a call answers about something that must be there.
  static func asking<Answer: ~Copyable>(
    _ call: () throws(Errno) -> Answer
  ) throws(ReadFailure) -> Answer {
    do {
      return try call()
    } catch {
      throw ReadFailure(error)
    }
  }

  /// What a call answers about an entry; `nil` when there is no such entry.
  static func askingOfEntry<Answer: ~Copyable>(
    _ call: () throws(Errno) -> Answer
  ) throws(ReadFailure) -> Answer? {
    do {
      return try call()
    } catch .noSuchFile {
      return nil
    } catch .noSuchDevice {
      return nil
    } catch .noSuchProcess {
      // A process that has ended.
      return nil
    } catch {
      throw ReadFailure(error)
    }
  }
}

extension DirectoryListing {
  /// The names in an open directory, sorted bytewise; `nil` when it was removed meanwhile.
  ///
  /// - Parameter buffer: see ``names(in:limit:buffer:)``.
  static func sortedNames(
    in directory: Int32, buffer: inout [UInt8]
  ) throws(ReadFailure) -> [String]? {
    let listed = try ReadFailure.askingOfEntry { () throws(Errno) in
      try DirectoryListing.names(
        in: directory, limit: AttributeLimit.entries + 1, buffer: &buffer)
    }
    guard var names = listed else { return nil }
    guard names.count <= AttributeLimit.entries else {
      throw .tooManyEntries(limit: AttributeLimit.entries)
    }
    names.sort(by: ByteOrder.precedes)
    return names
  }
}

extension Descriptor {
  /// Opens a directory that the user named, which may be a link; `nil` when it is a file.
  static func directoryOrFile(at path: String) throws(ReadFailure) -> Descriptor? {
    do {
      return try Descriptor.directory(at: path)
    } catch .notDirectory {
      return nil
    } catch {
      throw ReadFailure(error)
    }
  }
}
