import HostModel
import HostReader
import TestSupport

/// Hosts that nothing is the matter with, as the ground for hostile attributes and operations.
enum SoundHost {
  /// Groups in use, open files, a driver of every policy; small, so that it is read often.
  static let entries: SnapshotEntries = {
    let path = Fixture.directory + "/rules/group-in-use.firing.snapshot"
    guard let file = TreeFiles.readFile(path), let entries = try? SnapshotFile.parse(file) else {
      preconditionFailure("\(path) is not a snapshot")
    }
    return entries
  }()

  private static let readable: [HostPath] = entries.keys.sorted().filter { path in
    switch entries[path] {
    case .attribute, .link: true
    default: false
    }
  }

  /// The host with one attribute or link that reads otherwise.
  static func entries(changedBy input: [UInt8]) -> SnapshotEntries {
    guard input.count >= 2 else { return entries }
    let path = readable[(Int(input[0]) << 8 | Int(input[1])) % readable.count]
    let content = Array(input[2...])
    var changed = entries
    if case .link = entries[path] {
      // No link's text has a zero byte, so a snapshot with one is refused.
      let isText = !content.contains(0)
      let target = isText ? String(validating: content, as: UTF8.self) ?? "" : ""
      changed[path] = target.isEmpty ? .absent : .link(target)
    } else {
      changed[path] = .attribute(content)
    }
    return changed
  }

  /// The host that the lists of operations among the fixtures were written for.
  static let example: ObservedHost = {
    do {
      return try HostSource.sysroot(Fixture.directory + "/trees/example").read(needing: .all)
    } catch {
      preconditionFailure("\(error)")
    }
  }()
}
