import HostModel
import HostReader
import SystemCalls

/// The captures of a fleet, in the order of their rows.
enum FleetCaptures: Sendable {
  /// Those that the command line names, in its order.
  case listed([String])
  /// Those of a directory, by name.
  case directory(CaptureDirectory, path: String)

  /// What people call them.
  var names: [String] {
    switch self {
    case .listed(let sources): sources
    case .directory(let directory, _): directory.captures
    }
  }

  /// Entries of the directory that are not captures, in one line; `nil` when there are none.
  var skippedNote: String? {
    guard case .directory(let directory, let path) = self, !directory.others.isEmpty else {
      return nil
    }
    let shown = 5
    let count = directory.others.count
    let names = directory.others.prefix(shown).joined(separator: ", ")
    let more = count > shown ? " and \(count - shown) more" : ""
    return "skipped in \(path), not captures: \(names)\(more)"
  }

  /// What `--sysroot` takes for one of them.
  func source(of name: String) -> String {
    switch self {
    case .listed: name
    case .directory(_, let path): path.hasSuffix("/") ? path + name : path + "/" + name
    }
  }

  /// How long its file says it is, in bytes, where that is known.
  func size(of name: String) -> Int {
    switch self {
    case .listed: (try? FileTree.size(of: name)) ?? 0
    case .directory(let directory, _): directory.size(of: name)
    }
  }

  func read(_ name: String) throws(SourceError) -> ObservedHost {
    switch self {
    case .listed: try HostSource.sysroot(name).read(needing: .judgement, by: .one)
    case .directory(let directory, _): try directory.read(name, needing: .judgement)
    }
  }
}
