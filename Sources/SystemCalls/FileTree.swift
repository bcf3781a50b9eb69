import CSystemCalls
import Glibc

/// Changes of the file system, for the program's own output.
package enum FileTree {
  package static func makeDirectory(_ path: String) throws(Errno) {
    try check(unsafe path.withName { unsafe mkdir($0, 0o777) })
  }

  package static func makeLink(_ path: String, to target: String) throws(Errno) {
    try check(
      unsafe path.withName { path in
        unsafe target.withName { unsafe symlink($0, path) }
      })
  }

  /// Renames a file or directory, in place of what is at the new path.
  package static func rename(_ old: String, to new: String) throws(Errno) {
    try check(unsafe Glibc.rename(old, new))
  }

  /// Renames a file or directory, and fails with EEXIST if there is anything at the new path.
  package static func renameExclusively(_ old: String, to new: String) throws(Errno) {
    let error = Errno(code: unsafe system_rename_exclusively(old, new))
    switch error {
    case Errno(code: 0): return
    case .invalid, .noSuchCall: try renameByClaim(old, to: new)
    default: throw error
    }
  }

  /// The same for a file system that cannot refuse: a file gets a second name, which needs hard
  /// links; else the new name is claimed by something empty, which the rename replaces.
  static func renameByClaim(_ old: String, to new: String) throws(Errno) {
    let isDirectory = try status(of: old)?.kind == .directory
    if !isDirectory {
      if unsafe link(old, new) == 0 { return remove(old) }
      if Errno.last == .exists { throw .exists }
    }
    if isDirectory {
      try makeDirectory(new)
    } else {
      try Descriptor.newFile(at: new).close()
    }
    do throws(Errno) {
      try rename(old, to: new)
    } catch {
      _ = unsafe isDirectory ? rmdir(new) : unlink(new)
      throw error
    }
  }

  package static func remove(_ path: String) {
    _ = unsafe unlink(path)
  }

  /// The status of what is at a path, without following a link; `nil` if there is nothing.
  package static func status(of path: String) throws(Errno) -> DirectoryEntry.Status? {
    do {
      return try DirectoryEntry.status(of: path, in: AT_FDCWD)
    } catch .noSuchFile {
      return nil
    }
  }

  /// How long the file at a path, or behind the link there, says it is, in bytes.
  package static func size(of path: String) throws(Errno) -> Int {
    var status = stat()
    try check(unsafe stat(path, &status))
    return Int(status.st_size)
  }

  /// How deep a directory may lie to be removed; each on the way is held open.
  private static let depth = 256

  /// Removes an entry and all below it, following no link; what cannot go stays.
  package static func removeTree(_ path: String) {
    /// A directory that is being emptied.
    struct Level {
      let name: String
      let descriptor: Int32
      var rest: [String]
    }
    var levels: [Level] = []
    var next: String? = path
    while true {
      let parent = levels.last?.descriptor ?? AT_FDCWD
      if let name = next {
        if unsafe name.withName({ unsafe unlinkat(parent, $0, 0) }) < 0,
          errno == EISDIR || errno == EPERM,
          levels.count < depth, let directory = try? DirectoryEntry.openDirectory(name, in: parent)
        {
          let number = directory.release()
          let names = (try? DirectoryListing.names(in: number)) ?? []
          levels.append(Level(name: name, descriptor: number, rest: names))
        }
      } else if let emptied = levels.popLast() {
        Descriptor.close(emptied.descriptor)
        let parent = levels.last?.descriptor ?? AT_FDCWD
        _ = unsafe emptied.name.withName { unsafe unlinkat(parent, $0, AT_REMOVEDIR) }
      }
      guard !levels.isEmpty else { return }
      next = levels[levels.count - 1].rest.popLast()
    }
  }

  static func check(_ result: Int32) throws(Errno) {
    guard result == 0 else { throw Errno.last }
  }
}
