import HostModel
import HostReader
import TestSupport
import Testing

/// A captured tree, which anybody may have made: nothing outside it is reached, nothing hangs.
@Suite struct DirectoryStoreTests {
  let directory: TemporaryDirectory
  let store: DirectoryStore

  init() throws {
    directory = try TemporaryDirectory()
    let tree = directory / "tree"
    try TreeFiles.makeDirectories(tree + "/sys/a/b")
    try TreeFiles.makeDirectories(tree + "/sys/a-c")
    try TreeFiles.writeFile(tree + "/sys/a/b/value", Array("one\n".utf8))
    try TreeFiles.writeFile(tree + "/sys/a-c/value", Array("two\n".utf8))
    try TreeFiles.writeFile(tree + "/sys/a/value", Array("three\n".utf8))
    try TreeFiles.makeDirectories(directory / "outside")
    try TreeFiles.writeFile(directory / "outside/secret", Array("secret\n".utf8))
    store = try DirectoryStore(tree: tree)
  }

  private var tree: String { directory / "tree" }

  private func text(_ name: String, in path: HostPath) throws -> String? {
    try store.attribute(name, in: path).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func directoriesAreReadInAnyOrder() throws {
    for _ in 0..<2 {
      #expect(try text("value", in: "sys/a/b") == "one\n")
      #expect(try text("value", in: "sys/a-c") == "two\n")
      #expect(try text("value", in: "sys/a") == "three\n")
      #expect(try store.names(in: "sys/a") == ["b", "value"])
      #expect(try store.names(in: .root) == ["sys"])
      #expect(try text("value", in: "sys/a/missing/deeper") == nil)
      #expect(try store.names(in: "sys/missing") == nil)
      #expect(try text("missing", in: "sys/a/b") == nil)
    }
  }

  @Test func aLinkIsNeverFollowed() throws {
    try TreeFiles.makeLink(tree + "/sys/out", to: directory / "outside")
    try TreeFiles.makeLink(tree + "/sys/secret", to: directory / "outside/secret")
    try TreeFiles.makeLink(tree + "/sys/loop", to: "loop")
    for path: HostPath in ["sys/out", "sys/loop", "sys/loop/loop"] {
      #expect(throws: ReadFailure.unexpectedKind) { try store.attribute("secret", in: path) }
      #expect(throws: ReadFailure.unexpectedKind) { try store.names(in: path) }
    }
    #expect(throws: ReadFailure.unexpectedKind) { try store.attribute("secret", in: "sys") }
    #expect(try store.link("loop", in: "sys") == "loop")
    #expect(throws: ReadFailure.unexpectedKind) { try store.link("a", in: "sys") }
  }

  @Test(.timeLimit(.minutes(1))) func aFIFOIsNotOpened() throws {
    try TreeFiles.makeFIFO(tree + "/sys/fifo")
    #expect(throws: ReadFailure.unexpectedKind) { try store.attribute("fifo", in: "sys") }
    let all = Excerpt(limit: 100) { String($0) }
    #expect(throws: ReadFailure.unexpectedKind) { try store.excerpt(all, of: "fifo", in: "sys") }
    #expect(try store.contains("fifo", in: "sys"))
  }

  @Test func aHugeAttributeIsRefusedAndAnExcerptIsBounded() throws {
    let limit = AttributeLimit.bytes
    try TreeFiles.writeFile(tree + "/sys/most", Array(repeating: 65, count: limit))
    #expect(try store.attribute("most", in: "sys")?.count == limit)
    try TreeFiles.writeFile(tree + "/sys/huge", Array(repeating: 65, count: limit + 1))
    #expect(throws: ReadFailure.tooLarge(limit: limit)) { try store.attribute("huge", in: "sys") }
    try TreeFiles.writeFile(tree + "/sys/long", Array("one\ntwo\none\nthree\nfour".utf8))
    let all = Excerpt(limit: 15) { $0 == "two" ? nil : String($0) }
    #expect(try store.excerpt(all, of: "long", in: "sys") == ["one"])
    let whole = Excerpt(limit: 1 << 20) { String($0) }
    #expect(try store.excerpt(whole, of: "long", in: "sys") == ["one", "two", "three", "four"])
    #expect(try store.excerpt(whole, of: "huge", in: "sys")?.first?.utf8.count == limit + 1)
  }

  @Test func aDirectoryIsNotReadAsAnAttribute() {
    #expect(throws: ReadFailure.unexpectedKind) { try store.attribute("a", in: "sys") }
  }

  @Test(.disabled(if: Privilege.isRoot, "root may read everything"))
  func aMissingPermissionIsReportedAsAFailure() throws {
    try TreeFiles.setMode(0o200, of: tree + "/sys/a/value")
    #expect(throws: ReadFailure.refused(.permissionDenied)) {
      try store.attribute("value", in: "sys/a")
    }
    try TreeFiles.setMode(0, of: tree + "/sys/a-c")
    defer { try? TreeFiles.setMode(0o700, of: tree + "/sys/a-c") }
    #expect(throws: ReadFailure.refused(.permissionDenied)) { try store.names(in: "sys/a-c") }
  }

  @Test func aPathThatIsTooDeepIsRefused() throws {
    let deep = "sys" + String(repeating: "/d", count: AttributeLimit.depth)
    try TreeFiles.makeDirectories(tree + "/" + deep)
    let path = try #require(HostPath(deep))
    #expect(throws: ReadFailure.self) { try store.names(in: path) }
    #expect(try text("value", in: "sys/a/b") == "one\n")
  }

  @Test func namesAreSortedByBytes() throws {
    for name in ["b", "é", "a b", "Z", "a"] {
      try TreeFiles.writeFile(tree + "/sys/a/b/" + name, [])
    }
    #expect(try store.names(in: "sys/a/b") == ["Z", "a", "a b", "b", "value", "é"])
  }

  /// A tree says nothing of processes that it does not have.
  @Test func openFilesAreUnreadInATreeWithoutProcesses() throws {
    #expect(store.openVFIOFiles().coverage == .unread(.notCaptured))
    try TreeFiles.makeDirectories(tree + "/proc/7/fd")
    try TreeFiles.makeLink(tree + "/proc/7/fd/9", to: "/dev/vfio/3")
    try TreeFiles.writeFile(tree + "/proc/7/comm", Array("qemu\n".utf8))
    let scan = store.openVFIOFiles()
    #expect(scan.coverage == .partial)
    #expect(scan.files.map(\.command) == ["qemu"])
  }
}
