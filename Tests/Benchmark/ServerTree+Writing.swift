import HostModel
import HostReader
import TestSupport

extension ServerTree {
  /// Writes a server domain by domain, since the entries of a hundred thousand devices at once take
  /// more memory than the tree.
  static func write(deviceCount: Int, to directory: String) throws {
    let whole = host(deviceCount: deviceCount)
    for (_, functions) in Dictionary(grouping: whole.functions, by: \.address.domain) {
      var domain = whole
      domain.functions = functions
      try write(domain.entries, to: directory)
    }
  }

  /// Adds entries to a tree that has some of them already: what a host has once.
  private static func write(_ entries: SnapshotEntries, to root: String) throws {
    for path in entries.keys.sorted() where path != .root {
      let place = root + "/" + path.relative
      switch entries[path] {
      case .directory: try TreeFiles.makeDirectories(place)
      case .attribute(let bytes): try TreeFiles.writeFile(place, bytes)
      case .present: try TreeFiles.writeFile(place, [], mode: 0o200)
      case .link(let target): try makeLink(place, to: target)
      case .absent, .failed, nil: break
      }
    }
  }

  private static func makeLink(_ place: String, to target: String) throws {
    do {
      try TreeFiles.makeLink(place, to: target)
    } catch {
      guard error.errno == .exists else { throw error }
    }
  }
}
