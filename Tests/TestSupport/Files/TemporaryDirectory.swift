/// A separate directory for one test, removed with the last reference.
///
/// A class because its end is an event: removal belongs to `deinit`.
package final class TemporaryDirectory: Sendable {
  package let path: String

  package init() throws(TreeFiles.Failure) {
    path = try TreeFiles.makeTemporaryDirectory()
  }

  deinit {
    TreeFiles.removeTree(path)
  }

  package static func / (directory: TemporaryDirectory, name: String) -> String {
    directory.path + "/" + name
  }
}
