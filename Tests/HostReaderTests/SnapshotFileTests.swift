import HostModel
import Testing

@testable import HostReader

/// The text form of a snapshot: what is written is read back, what is wrong is named by its line.
@Suite struct SnapshotFileTests {
  static let header = "vfio-preflight-snapshot 1\n"

  static let everything: SnapshotEntries = [
    .root: .directory,
    "sys/a": .directory,
    "sys/a-b": .attribute(Array("tab\there, back\\slash, bell\u{7}, é\n".utf8)),
    "sys/a/empty": .attribute([]),
    "sys/a/binary": .attribute([0, 255, 16]),
    "sys/a/with space\nand line": .present,
    "sys/a/link": .link("../b c"),
    "sys/gone": .absent,
    "sys/f1": .failed(.refused(.permissionDenied)),
    "sys/f2": .failed(.refused(ErrorNumber(code: 517))),
    "sys/f3": .failed(.timedOut),
    "sys/f4": .failed(.avoided),
    "sys/f5": .failed(.malformed("a\u{1b}[31m \\ b")),
    "sys/f6": .failed(.tooLarge(limit: 65536)),
    "sys/f7": .failed(.tooManyEntries(limit: 9)),
    "sys/f8": .failed(.unexpectedKind),
    "sys/f9": .failed(.leadsOut),
    "*/sys/devices/x": .failed(.unknownToUdev),
    "*/sys/bus": .failed(.enumerationFailed),
  ]

  @Test func aWrittenSnapshotParsesToTheSameEntries() throws {
    let file = SnapshotFile.write(Self.everything)
    #expect(try SnapshotFile.parse(file) == Self.everything)
    #expect(file.allSatisfy { 0x20...0x7e ~= $0 || $0 == UInt8(ascii: "\n") })
  }

  @Test func theFormatIsStable() {
    let text = String(decoding: SnapshotFile.write(Self.everything), as: UTF8.self)
    #expect(
      text.hasPrefix(
        """
        vfio-preflight-snapshot 1
        /
        /*/sys/bus ! enumeration-failed
        /*/sys/devices/x ! unknown-to-udev
        /sys/a/
        /sys/a-b = tab\\there, back\\\\slash, bell\\x07, \\xc3\\xa9\\n
        /sys/a/binary : 00ff10
        /sys/a/empty =
        /sys/a/link -> ../b c
        /sys/a/with\\x20space\\nand\\x20line +
        /sys/f1 ! EACCES
        /sys/f2 ! errno517
        """))
  }

  @Test(
    arguments: [
      ("", 1, "the first line is not"),
      ("something else\n", 1, "the first line is not"),
      ("vfio-preflight-snapshot 1", 1, "the first line is not"),
      ("vfio-preflight-snapshot 2\n", 1, "version 2 is newer"),
      (header, 1, "cut off: the last line is not \"end\""),
      (header + "/a +\n", 2, "cut off: the last line is not \"end\""),
      (header + "/a +\nend", 3, "cut off"),
      (header + "/a +\nend\n/b +\n", 4, "a line after the last"),
      (header + "end\nend\n", 3, "a line after the last"),
      (header + "/b +\n/a +\n", 3, "not in sorted order"),
      (header + "/a +\n/a -\n", 3, "duplicate path /a"),
      (header + "/a/../b +\n", 2, "an empty component, . or .."),
      (header + "/a//b +\n", 2, "an empty component, . or .."),
      (header + "/a/./b +\n", 2, "an empty component, . or .."),
      (header + "a +\n", 2, "does not start with /"),
      (header + "/a\n", 2, "a path without an entry"),
      (header + "\n", 2, "a path without an entry"),
      (header + "/a ~ x\n", 2, "unknown kind of entry"),
      (header + "/a + x\n", 2, "unknown kind of entry"),
      (header + "/a = x\n/a/b = y\n", 3, "below an entry that is not a directory"),
      (header + "/a -> x\n/a-b +\n/a/b +\n", 4, "below an entry that is not a directory"),
      (header + "/a -\n/a/b +\n", 3, "below an entry that is not a directory"),
      (header + "/a +\n/b = x", 3, "cut off"),
      (header + "/a = \\q\n", 2, "a bad escape or byte"),
      (header + "/a = \\x4\n", 2, "a bad escape or byte"),
      (header + "/a = caf\u{e9}\n", 2, "a bad escape or byte"),
      (header + "/a\\xfg +\n", 2, "a bad escape or byte"),
      (header + "/a : 0g\n", 2, "hexadecimal"),
      (header + "/a : 012\n", 2, "hexadecimal"),
      (header + "/a ->\n", 2, "unknown kind of entry"),
      (header + "/a -> x\\x00y\n", 2, "no target"),
      (header + "/a = x\0y\n", 2, "a bad escape or byte"),
      (header + "/*/sys/bus +\n", 2, "not where such an entry stands"),
      (header + "/* ! host-changing\n", 2, "not where such an entry stands"),
      (header + "/sys/bus ! enumeration-failed\n", 2, "not where such an entry stands"),
      ("vfio-preflight-snapshot 1\r\nend\r\n", 1, "the lines end with CR LF"),
      ("\u{feff}" + header + "end\n", 1, "a byte order mark"),
      (header + "/" + String(repeating: "a/", count: 50_000) + "b +\n", 2, "too large"),
      (header + "/a -> \n", 2, "no target"),
      (header + "/a ! ENOSUCHTHING\n", 2, "unknown reason"),
      (header + "/a ! too-large -1\n", 2, "unknown reason"),
    ])
  func aSyntaxErrorIsReportedWithLineAndReason(file: String, line: Int, reason: String) throws {
    let error = try #require(throws: SnapshotSyntaxError.self) {
      try SnapshotFile.parse(Array(file.utf8))
    }
    #expect(error.line == line)
    #expect(error.reason.contains(reason), "\(error.reason)")
  }

  @Test(
    arguments: [
      ([0x1f, 0x8b, 8], "gzip; decompress it: zcat FILE | vfio-preflight -s -"),
      ([0x28, 0xb5, 0x2f, 0xfd], "zstd; decompress it: zstdcat FILE | vfio-preflight -s -"),
      ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], "xz"), ([0x42, 0x5a, 0x68, 0x39], "bzip2"),
      ([0x04, 0x22, 0x4d, 0x18], "lz4"), ([0xff, 0xfe, 0x76, 0], "UTF-16"),
      ([0xfe, 0xff, 0, 0x76], "UTF-16"),
    ] as [([UInt8], String)])
  func aFileOfAnotherFormatIsRefusedByItsName(start: [UInt8], reason: String) throws {
    let error = try #require(throws: SnapshotSyntaxError.self) {
      try SnapshotFile.parse(start + [UInt8](repeating: 0, count: 100))
    }
    #expect(error.isNoSnapshot)
    #expect(error.reason.contains(reason), "\(error.reason)")
  }

  /// Where the pieces of a file are cut changes nothing: a pipe cuts where it likes.
  @Test(arguments: [1, 2, 7, 64]) func aFileParsedInPiecesGivesTheSameEntries(length: Int) throws {
    let file = SnapshotFile.write(Self.everything)
    var parser = SnapshotParser()
    var rest = file[...]
    while !rest.isEmpty {
      try parser.take(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    #expect(try parser.finish().entries == Self.everything)
  }

  /// The start that a path has in common with the last one is not read again: escapes, a separator
  /// and a slash must not be taken for a part of it.
  @Test(
    arguments: [
      ("/a\\x20=\\x20x +\n/a\\x20=\\x20y +\n", ["a = x", "a = y"]),
      ("/a\\\\n +\n/a\\\\nb +\n", ["a\u{10fe5c}n", "a\u{10fe5c}nb"]),
      ("/a\\xff/x +\n/a\\xff/y +\n", ["a\u{10feff}/x", "a\u{10feff}/y"]),
      ("/a\\n +\n/a\\nb +\n", ["a\n", "a\nb"]),
      ("/a/b/c +\n/a/b/d/\n/a/b/d/e +\n/a/bc/\n", ["a/b/c", "a/b/d", "a/b/d/e", "a/bc"]),
      ("/a\\xc3\\xa9/x +\n/a\\xc3\\xa9/y +\n", ["a\u{e9}/x", "a\u{e9}/y"]),
    ])
  func pathsWithACommonStartAreReadWhole(lines: String, paths: [String]) throws {
    let entries = try SnapshotFile.parse(Array((Self.header + lines + "end\n").utf8))
    #expect(entries.keys.sorted().map(\.relative) == paths)
  }

  @Test(
    arguments: [
      ("/a/b +\n/a/b/ +\n", "an empty component"), ("/a/b +\n/a/.. +\n", "an empty component"),
      ("/a/b +\n/a/b/../c +\n", "an empty component"), ("/a/. +\n", "an empty component"),
      ("/a/...b +\n/a/.. +\n", "an empty component"),
      ("/a\\x20= +\n/a = x\n", "not in sorted order"), ("/a/b +\n/a/b +\n", "duplicate path"),
      ("/a\\xc3\\xa9 +\n/a\\xc3 +\n/a\\xc3\\xaa +\n", "not in sorted order"),
      ("/a\\xc3\\xa9 +\n/a\\xc3\\xaa +\n/a\\xc +\n", "bad escape or byte"),
    ])
  func aMistakeAfterACommonStartIsReported(lines: String, reason: String) throws {
    let error = try #require(throws: SnapshotSyntaxError.self) {
      try SnapshotFile.parse(Array((Self.header + lines + "end\n").utf8))
    }
    #expect(error.reason.contains(reason), "\(error.reason)")
  }

  @Test func aLineThatIsTooLongIsRefused() throws {
    let line = "/a = " + String(repeating: "x", count: SnapshotFile.lineLimit) + "\n"
    let error = try #require(throws: SnapshotSyntaxError.self) {
      try SnapshotFile.parse(Array((Self.header + line).utf8))
    }
    #expect(error.line == 2)
  }

  /// What is absent may lie below what is absent: both were asked.
  @Test func anAbsentEntryMayLieBelowAnAbsentOne() throws {
    let file = Self.header + "/a -\n/a/b -\nend\n"
    #expect(try SnapshotFile.parse(Array(file.utf8)).count == 2)
  }

  /// Every cut of a good file is refused; no changed byte may do more than be refused or read.
  @Test func aDamagedFileIsRefusedWithoutATrap() {
    let file = SnapshotFile.write(Self.everything)
    for length in 0..<file.count {
      #expect(throws: SnapshotSyntaxError.self, "\(length) bytes") {
        try SnapshotFile.parse(Array(file[..<length]))
      }
    }
    for place in 0..<file.count {
      for byte: UInt8 in [0, UInt8(ascii: "\n"), UInt8(ascii: " "), UInt8(ascii: "/"), 0xff] {
        var damaged = file
        damaged[place] = byte
        _ = try? SnapshotFile.parse(damaged)
      }
    }
  }

  /// Each path is the start of the next, and all are files.
  @Test(.timeLimit(.minutes(1))) func pathsThatExtendEachOtherAreParsedInLinearTime() throws {
    var file = Array((Self.header).utf8)
    var path: [UInt8] = Array("/".utf8)
    for _ in 0..<3_000 {
      path.append(UInt8(ascii: "a"))
      file += path + Array(" +\n".utf8)
    }
    let deep = path
    file += deep + Array("/b +\nend\n".utf8)
    let entries = try SnapshotFile.parse(file)
    #expect(entries.count == 3_001)
  }

  /// Names are bytes: of two spellings neither is the other's duplicate.
  @Test func pathsAreComparedByBytes() throws {
    let file = Array((Self.header + "/e\\xcc\\x81 +\n/\\xc3\\xa9 -\nend\n").utf8)
    let entries = try SnapshotFile.parse(file)
    #expect(entries.count == 2)
    #expect(entries["e\u{301}"] == .present)
    #expect(entries["\u{e9}"] == .absent)
    #expect(SnapshotFile.write(entries) == file)
  }
}
