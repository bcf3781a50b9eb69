package import HostModel
import SystemCalls

/// A host below a directory: a captured tree, or with `/` this machine.
///
/// A class, because it owns open directories that move from one question to the next, while the
/// questions themselves change nothing that a reader could see.
package final class DirectoryStore: Store {
  /// Whether the tree is the kernel's own or a copy that anybody may have made.
  enum Origin {
    case live
    case captured
  }

  let origin: Origin
  private var cursor: DirectoryCursor
  /// One byte longer than the longest attribute, to see that one is longer.
  private var scratch = [UInt8](repeating: 0, count: AttributeLimit.bytes + 1)

  init(root: consuming Descriptor, origin: Origin) {
    self.origin = origin
    cursor = DirectoryCursor(root: root)
  }

  /// A captured tree; the path itself may be a link.
  package convenience init(tree path: String) throws(ReadFailure) {
    guard let root = try Descriptor.directoryOrFile(at: path) else { throw .unexpectedKind }
    self.init(root: root, origin: .captured)
  }

  package var asksKernel: Bool { true }

  package var anotherReader: (@Sendable () -> DirectoryStore?)? {
    let origin = origin
    let root = cursor.root.number
    return {
      guard let same = try? DirectoryEntry.openDirectory(".", in: root) else { return nil }
      return DirectoryStore(root: same, origin: origin)
    }
  }

  /// A directory gives its answers one by one.
  package var remarks: [ReadProblem] { [] }

  package func names(in directory: HostPath) throws(ReadFailure) -> [String]? {
    guard let descriptor = try cursor.descriptor(of: directory) else { return nil }
    return try DirectoryListing.sortedNames(in: descriptor, buffer: &scratch)
  }

  package func attribute(
    _ name: String, in directory: HostPath
  ) throws(ReadFailure) -> [UInt8]? {
    guard let file = try open(name, in: directory) else { return nil }
    var count = 0
    do {
      // The kernel gives an attribute whole at the first read, whatever size it claims. A copy has
      // its true size, and can come in pieces.
      repeat {
        let more = try file.descriptor.read(into: &scratch, from: count)
        count += more
        if more == 0 || count == file.claimedSize || origin == .live { break }
      } while count < scratch.count
    } catch .noSuchDevice {
      return nil
    } catch {
      throw ReadFailure(error)
    }
    guard count <= AttributeLimit.bytes else { throw .tooLarge(limit: AttributeLimit.bytes) }
    return Array(scratch[..<count])
  }

  package func excerpt(
    _ excerpt: Excerpt, of name: String, in directory: HostPath
  ) throws(ReadFailure) -> [String]? {
    guard let file = try open(name, in: ownProcess(directory)) else { return nil }
    var collector = ExcerptCollector(excerpt, asking: privateQuestions)
    var left = excerpt.limit
    while left > 0 {
      let size: Int
      do { size = try file.descriptor.read(into: &scratch) } catch { throw ReadFailure(error) }
      guard size > 0 else { break }
      collector.take(scratch[..<min(size, left)])
      left -= size
    }
    return collector.finish(isWhole: left > 0)
  }

  package func link(_ name: String, in place: HostPath) throws(ReadFailure) -> String? {
    let directory = ownProcess(place)
    guard let descriptor = try cursor.descriptor(of: directory) else { return nil }
    let answer: Int?
    do {
      answer = try ReadFailure.askingOfEntry { () throws(Errno) in
        try DirectoryEntry.readLink(name, in: descriptor, into: &scratch)
      }
    } catch .refused(.invalid) {
      throw .unexpectedKind
    }
    guard let length = answer else { return nil }
    return NameText.text(of: scratch[..<length])
  }

  package func contains(_ name: String, in directory: HostPath) throws(ReadFailure) -> Bool {
    guard let descriptor = try cursor.descriptor(of: directory) else { return false }
    let status = try ReadFailure.askingOfEntry { () throws(Errno) in
      try DirectoryEntry.status(of: name, in: descriptor)
    }
    return status != nil
  }

  /// What is asked of `/proc/self`, a link, is asked of the directory that it leads to.
  private func ownProcess(_ directory: HostPath) -> HostPath {
    let own = "proc/self"
    // Nearly all questions are about sysfs.
    guard directory.relative.utf8.first == UInt8(ascii: "p"),
      directory.relative.utf8.starts(with: own.utf8)
    else { return directory }
    let below = directory.relative.utf8.dropFirst(own.utf8.count)
    guard below.isEmpty || below.first == UInt8(ascii: "/"),
      let target = try? link("self", in: "proc"), let process = Int(target)
    else { return directory }
    return HostPath("proc/\(process)\(Substring(below))") ?? directory
  }

  private var privateQuestions: PrivateQuestions {
    PrivateQuestions(
      names: { [self] in ((try? names(in: $0)) ?? nil) ?? [] },
      text: { [self] name, directory in
        let bytes = (try? attribute(name, in: directory)) ?? nil
        return bytes.flatMap { String(utf8: $0[...].prefix { $0 != UInt8(ascii: "\n") }) }
      })
  }

  /// The number of the device whose node an open file is, with what it is of.
  ///
  /// - Parameter name: a link in `/proc/PID/fd`, which is followed: the node is not opened.
  func deviceNumber(
    of name: String, in directory: HostPath
  ) throws(ReadFailure) -> (number: DeviceNumber, isBlock: Bool)? {
    guard let descriptor = try cursor.descriptor(of: directory) else { return nil }
    let device = try ReadFailure.askingOfEntry { () throws(Errno) in
      try DirectoryEntry.device(behind: name, in: descriptor)
    }
    guard let device, let device else { return nil }
    return (DeviceNumber(major: device.major, minor: device.minor), device.isBlock)
  }

  /// Whether there is an entry that is a file or a link.
  func isFileOrLink(_ name: String, in directory: HostPath) throws(ReadFailure) -> Bool {
    let kind = try kind(of: name, in: directory)
    return kind == .file || kind == .link
  }

  /// Every file and link below the root, without its content; of a tree that is larger
  /// than any host, not all.
  func entriesWithoutContent() -> SnapshotEntries {
    var entries: SnapshotEntries = [:]
    var directories: [HostPath] = [.root]
    var left = AttributeLimit.entries * 4
    while let directory = directories.popLast(), left > 0 {
      for name in (try? names(in: directory)).flatMap({ $0 }) ?? [] {
        left -= 1
        switch (try? kind(of: name, in: directory)).flatMap({ $0 }) {
        case .file: entries[directory / name] = .attribute([])
        case .link: entries[directory / name] = .link("")
        case .directory: directories.append(directory / name)
        case .special, nil: break
        }
      }
    }
    return entries
  }

  private func kind(
    of name: String, in directory: HostPath
  ) throws(ReadFailure) -> DirectoryEntry.Kind? {
    guard let descriptor = try cursor.descriptor(of: directory) else { return nil }
    return try ReadFailure.askingOfEntry { () throws(Errno) in
      try DirectoryEntry.status(of: name, in: descriptor)
    }?.kind
  }

  /// A regular file that is open.
  struct File: ~Copyable {
    let descriptor: Descriptor
    /// How long its directory entry says it is, in bytes, where that was asked.
    let claimedSize: Int?
  }

  /// Opens a regular file; in a captured tree nothing else is opened.
  func open(_ name: String, in directory: HostPath) throws(ReadFailure) -> File? {
    guard let descriptor = try cursor.descriptor(of: directory) else { return nil }
    var claimedSize: Int?
    if origin == .captured {
      let status = try ReadFailure.askingOfEntry { () throws(Errno) in
        try DirectoryEntry.status(of: name, in: descriptor)
      }
      guard let status else { return nil }
      guard status.kind == .file else { throw .unexpectedKind }
      claimedSize = status.size
    }
    let file = try ReadFailure.askingOfEntry { () throws(Errno) in
      try DirectoryEntry.open(name, in: descriptor)
    }
    guard let file else { return nil }
    return File(descriptor: file, claimedSize: claimedSize)
  }
}
