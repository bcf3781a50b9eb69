import TestSupport
import Testing

@testable import SystemCalls

/// Output appears in its place, and never in that of something else.
struct FileTreeTests {
  /// How a rename that replaces nothing is made.
  enum Way: CaseIterable {
    case byKernel
    /// What stands in for it on a file system that cannot refuse.
    case byClaim

    func rename(_ old: String, to new: String) throws {
      switch self {
      case .byKernel: try FileTree.renameExclusively(old, to: new)
      case .byClaim: try FileTree.renameByClaim(old, to: new)
      }
    }
  }

  @Test(arguments: Way.allCases)
  func nothingIsReplaced(_ way: Way) throws {
    let temporary = try TemporaryDirectory()
    let directory = temporary.path
    let new = directory + "/new"
    try TreeFiles.writeFile(new, Array("new".utf8))
    let tree = directory + "/tree"
    try TreeFiles.makeDirectory(tree)
    let old = directory + "/old"
    try TreeFiles.writeFile(old, Array("old".utf8))
    try TreeFiles.makeLink(directory + "/link", to: "nowhere")
    try TreeFiles.makeDirectory(directory + "/empty")
    for place in [old, directory + "/link", directory + "/empty"] {
      #expect(throws: Errno.exists) { try way.rename(new, to: place) }
      #expect(throws: Errno.exists) { try way.rename(tree, to: place) }
    }
    #expect(TreeFiles.readFile(old) == Array("old".utf8))
    #expect(TreeFiles.names(in: directory) == ["empty", "link", "new", "old", "tree"])
  }

  @Test(arguments: Way.allCases)
  func filesAndDirectoriesMove(_ way: Way) throws {
    let temporary = try TemporaryDirectory()
    let directory = temporary.path
    try TreeFiles.writeFile(directory + "/file", Array("new".utf8))
    try TreeFiles.makeDirectory(directory + "/tree")
    try TreeFiles.writeFile(directory + "/tree/below", [])
    try way.rename(directory + "/file", to: directory + "/moved")
    try way.rename(directory + "/tree", to: directory + "/grown")
    #expect(TreeFiles.names(in: directory) == ["grown", "moved"])
    #expect(TreeFiles.readFile(directory + "/moved") == Array("new".utf8))
    #expect(TreeFiles.names(in: directory + "/grown") == ["below"])
  }

  @Test func aTreeIsRemovedWhateverItsDepthWithoutFollowingLinks() throws {
    let temporary = try TemporaryDirectory()
    let directory = temporary.path
    try TreeFiles.makeDirectory(directory + "/kept")
    try TreeFiles.writeFile(directory + "/kept/file", [])
    let tree = directory + "/tree"
    try TreeFiles.makeDirectories(
      tree + String(repeating: "/d", count: 200))
    try TreeFiles.makeDirectories(tree + "/a/b")
    try TreeFiles.writeFile(tree + "/a/b/file", [])
    try TreeFiles.makeLink(tree + "/a/link", to: "../../kept")
    FileTree.removeTree(tree)
    #expect(TreeFiles.names(in: directory) == ["kept"])
    #expect(TreeFiles.names(in: directory + "/kept") == ["file"])
  }
}
