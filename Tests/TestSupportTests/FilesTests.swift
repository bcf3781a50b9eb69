import TestSupport
import Testing

@Suite("Files of the tests")
struct FilesTests {
  @Test("a temporary directory is removed with its last reference, links included")
  func temporaryDirectory() throws {
    var path = ""
    do {
      let directory = try TemporaryDirectory()
      path = directory.path
      try TreeFiles.makeDirectory(directory / "inner")
      try TreeFiles.writeFile(directory / "inner/file", [1, 2])
      try TreeFiles.makeLink(directory / "inner/link", to: "/usr")
      #expect(TreeFiles.names(in: directory / "inner") == ["file", "link"])
    }
    #expect(TreeFiles.names(in: path).isEmpty)
    #expect(!TreeFiles.names(in: "/usr").isEmpty)
  }

  @Test("a golden file that differs fails with the lines that differ")
  func goldenMismatch() throws {
    let directory = try TemporaryDirectory()
    try TreeFiles.writeFile(directory / "golden", Array("a\nb\nc\n".utf8))
    try expectGolden("a\nb\nc\n", at: directory / "golden")
    let mismatch = #expect(throws: GoldenMismatch.self) {
      try expectGolden("a\nx\nc\n", at: directory / "golden")
    }
    #expect(mismatch?.description.hasSuffix("@@ line 2 @@\n-b\n+x") == true)
    #expect(throws: GoldenMismatch.self) { try expectGolden("", at: directory / "none") }
  }

  @Test("the package directory contains Package.swift")
  func packageDirectory() {
    #expect(TreeFiles.names(in: Fixture.packageDirectory).contains("Package.swift"))
  }
}
