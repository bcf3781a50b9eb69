import HostModel
package import HostReader

/// A host before and after something was done to it.
package struct DiffScenario: Sendable, CustomStringConvertible {
  /// What was done, in the words of a file's name.
  package let name: String
  /// One sentence.
  package let situation: String
  package let old: SnapshotEntries
  package let new: SnapshotEntries
  /// The exit status of the comparison.
  package let status: Int32

  package var description: String { name }

  static func between(
    _ name: String, _ situation: String, status: Int32, _ old: HostTree, _ new: HostTree
  ) -> DiffScenario {
    DiffScenario(
      name: name, situation: situation, old: old.entries, new: new.entries, status: status)
  }

  /// The same host, where one of the captures could not read some paths.
  static func unread(
    _ name: String, _ situation: String, _ host: HostTree, _ paths: [HostPath]
  ) -> DiffScenario {
    var denied = host.entries
    for path in paths { denied[path] = .failed(.refused(.permissionDenied)) }
    return DiffScenario(
      name: name, situation: situation, old: host.entries, new: denied, status: 3)
  }

  package static let all: [DiffScenario] = slots + groups + bindings + hosts
}
