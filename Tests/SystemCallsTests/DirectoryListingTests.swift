import TestSupport
import Testing

@testable import SystemCalls

/// A list of names is whole, or it is an error.
struct DirectoryListingTests {
  /// The records of some names, as getdents64(2) writes them: padded to eight bytes.
  private static func records(_ names: [String]) -> [UInt8] {
    names.flatMap { name in
      var record = [UInt8](repeating: 0, count: DirectoryRecord.headerSize) + Array(name.utf8) + [0]
      while record.count % 8 != 0 { record.append(0xff) }
      let size = unsafe withUnsafeBytes(of: UInt16(record.count)) { unsafe Array($0) }
      record.replaceSubrange(16..<18, with: size)
      return record
    }
  }

  /// Lists what the kernel gives in these pieces; fails when they are used up before the end.
  private static func list(_ pieces: [[String]], limit: Int = .max) throws(Errno) -> [String] {
    var pieces = pieces.map(records)[...]
    var buffer: [UInt8] = []
    return try DirectoryListing.collect(limit: limit, buffer: &buffer) { buffer throws(Errno) in
      guard let piece = pieces.popFirst() else { throw .inputOutput }
      buffer = piece
      return piece.count
    }
  }

  @Test func aFailureAfterSomeNamesIsNotAShortList() throws {
    #expect(throws: Errno.inputOutput) { try Self.list([["a", "b"]]) }
    #expect(try Self.list([["a", "b"], ["c"], []]) == ["a", "b", "c"])
  }

  @Test func theListStopsAtItsLimit() throws {
    #expect(try Self.list([["a", "b"], ["c", "d"]], limit: 3) == ["a", "b", "c"])
  }

  @Test func namesOfEveryLengthAreListedWhole() throws {
    let names = (1...255).map { String(repeating: "n", count: $0) }
    #expect(try Self.list([names, []]) == names)
    #expect(
      try Self.list([[".", "..", "...", ".a", "a.", ". "], []]) == ["...", ".a", "a.", ". "])
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

  /// More names than the buffer holds come in several pieces.
  @Test func aLongDirectoryIsListedWhole() throws {
    let temporary = try TemporaryDirectory()
    let names = (0..<300).map { "entry-with-a-long-name-\($0)" }
    for name in names { try TreeFiles.writeFile(temporary.path + "/" + name, []) }
    let listed = try Descriptor.directory(at: temporary.path)
    var buffer = [UInt8](repeating: 0, count: 1024)
    #expect(
      try DirectoryListing.names(in: listed.number, buffer: &buffer).sorted() == names.sorted())
  }

  @Test func aDirectoryThatWasRemovedIsAnError() throws {
    let temporary = try TemporaryDirectory()
    let directory = temporary.path + "/gone"
    try TreeFiles.makeDirectory(directory)
    let listed = try Descriptor.directory(at: directory)
    TreeFiles.removeTree(directory)
    #expect(throws: Errno.noSuchFile) { try DirectoryListing.names(in: listed.number) }
  }
}
