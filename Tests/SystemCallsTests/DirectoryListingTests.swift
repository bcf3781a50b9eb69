import TestSupport
import Testing

@testable import SystemCalls

/// A list of names is whole, or it is an error.
struct DirectoryListingTests {
  @Test func aFailureAfterSomeNamesIsNotAShortList() {
    var answers = ["a", "b"]
    #expect(throws: Errno.inputOutput) {
      try DirectoryListing.collect(limit: .max) { () throws(Errno) in
        guard let name = answers.popLast() else { throw .inputOutput }
        return name
      }
    }
  }

  @Test func theListStopsAtItsLimit() throws {
    let names = try DirectoryListing.collect(limit: 3) { () throws(Errno) in "a" }
    #expect(names == ["a", "a", "a"])
  }

  @Test func theDirectoryAndItsParentAreNotNames() throws {
    let temporary = try TemporaryDirectory()
    let directory = temporary.path
    try TreeFiles.writeFile(directory + "/a", [])
    try TreeFiles.makeDirectory(directory + "/b")
    let listed = try Descriptor.directory(at: directory)
    #expect(try DirectoryListing.names(in: listed.number).sorted() == ["a", "b"])
    // A second listing starts at the first name again.
    #expect(try DirectoryListing.names(in: listed.number).count == 2)
  }
}
