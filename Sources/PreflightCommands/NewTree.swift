import HostModel
import HostReader
import SystemCalls

/// A captured tree that appears whole or not at all: built beside its place and renamed into it.
struct NewTree {
  private let path: String
  private let replaces: Bool

  /// - Parameter replaces: whether a captured tree of this name may be replaced.
  init(_ path: String, replaces: Bool) {
    let name = path.prefix { $0 == "/" } + path.drop { $0 == "/" }.trimmingSlashes
    self.path = String(name)
    self.replaces = replaces
  }

  /// Refuses what must not be replaced, before work is spent on the content.
  ///
  /// A directory goes only if it is a captured tree and nothing else.
  func check() throws(Failure) {
    switch try Failure.kindOfTarget(path) {
    case nil: return
    case .directory where !isCapturedTree:
      throw Failure(cannotWrite: path, "it exists and is not a tree that this program wrote")
    case .directory where replaces: return
    case .directory: throw Failure(cannotWrite: path, "it exists; --force replaces it")
    case .file, .link, .special: throw Failure(cannotWrite: path, "it is not a directory")
    }
  }

  /// Writes directories, files and links.
  func write(_ entries: SnapshotEntries) throws(Failure) {
    let signals = HeldSignals()
    let temporary = "\(path).\(Process.number).tmp"
    try Failure.writing(path) { () throws(Errno) in
      try FileTree.makeDirectory(temporary)
      do throws(Errno) {
        try NewTree.fill(temporary, with: entries, heeding: signals)
        try put(temporary)
      } catch {
        FileTree.removeTree(temporary)
        throw error
      }
    }
  }

  /// Moves the tree to its place, and one that was there out of the way first.
  private func put(_ tree: String) throws(Errno) {
    guard replaces, try FileTree.status(of: path)?.kind == .directory else {
      return try FileTree.renameExclusively(tree, to: path)
    }
    // It may have come after the check.
    guard isCapturedTree else { throw .exists }
    let former = "\(path).\(Process.number).old"
    try FileTree.renameExclusively(path, to: former)
    do throws(Errno) {
      try FileTree.renameExclusively(tree, to: path)
    } catch {
      try? FileTree.renameExclusively(former, to: path)
      throw error
    }
    FileTree.removeTree(former)
  }

  private static func fill(
    _ root: String, with entries: SnapshotEntries, heeding signals: borrowing HeldSignals
  ) throws(Errno) {
    // Bytewise order puts a directory before what lies in it.
    for (path, entry) in entries.sorted(by: { $0.key < $1.key }) where path != .root {
      try signals.check()
      let place = root + "/" + path.relative
      switch entry {
      case .directory: try FileTree.makeDirectory(place)
      case .link(let target): try FileTree.makeLink(place, to: target)
      case .attribute(let bytes):
        try Descriptor.newFile(at: place).write(bytes)
      case .present, .absent, .failed: break
      }
    }
  }

  /// Whether all at its top is what such a tree has: somebody may have put more there.
  private var isCapturedTree: Bool {
    guard let names = try? DirectoryStore(tree: path).names(in: .root) else { return false }
    return names.contains(SnapshotTree.notesName) && SnapshotTree.topNames.isSuperset(of: names)
  }
}

extension Substring {
  /// Without the slashes at its end.
  fileprivate var trimmingSlashes: Substring {
    self[..<(lastIndex { $0 != "/" }.map(index(after:)) ?? startIndex)]
  }
}
