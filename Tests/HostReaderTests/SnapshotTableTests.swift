import HostModel
import Testing

@testable import HostReader

/// Answers on their way into a table, and the table as entries by path.
@Suite struct SnapshotTableTests {
  private static let reasons: [SnapshotEntry] = [
    .directory, .present, .absent, .attribute([65, 10]), .attribute([]), .link("../x"),
    .failed(.refused(.permissionDenied)), .failed(.malformed("\u{1b}x")),
  ]

  /// Entries at paths of few names, one the start of another, in an order that a seed decides.
  private static func entries(seed: UInt64) -> [(HostPath, SnapshotEntry)] {
    var state = seed
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let names = ["a", "a-", "a-b", "a.b", "a0", "aa", "\u{e9}", "e\u{301}", "*"]
    return (0..<next(60)).map { _ in
      let depth = next(5)
      let path = (0..<depth).map { _ in names[next(names.count)] }.joined(separator: "/")
      return (HostPath(path) ?? .root, reasons[next(reasons.count)])
    }
  }

  @Test(arguments: 0..<300) func aTableHoldsWhatADictionaryHolds(seed: UInt64) {
    var entries: SnapshotEntries = [:]
    for (path, entry) in Self.entries(seed: seed) { entries[path] = entry }
    let table = SnapshotTable(entries)
    #expect(table.count == entries.count)
    var walked: [HostPath] = []
    table.forEachEntry { path, entry in
      walked.append(path)
      #expect(entries[path] == entry)
    }
    #expect(walked == entries.keys.sorted())
    let store = SnapshotStore(table, unlisted: .absent)
    for (path, entry) in entries {
      #expect(store.entry(at: path) == entry)
      #expect(store.entry(at: path / "nothing") == nil)
    }
  }

  /// What each directory names, by the definition: what is there, or has anything that is there below
  /// it.
  @Test(arguments: 0..<100) func aDirectoryListsWhatIsPresent(seed: UInt64) throws {
    var entries: SnapshotEntries = [:]
    for (path, entry) in Self.entries(seed: seed) { entries[path] = entry }
    var named: [HostPath: Set<EntryName>] = [:]
    for (path, entry) in entries where entry != .absent {
      var path = path
      while let directory = path.parent {
        named[directory, default: []].insert(EntryName(String(path.name)))
        path = directory
      }
    }
    let table = SnapshotTable(entries)
    var trail = DirectoryTrail()
    for path in entries.keys {
      let number = table.directory(at: path.directoryBytes.span, along: &trail)
      let names = number.map(table.names) ?? []
      #expect(names == (named[path] ?? []).sorted().map(\.text), "\(path)")
    }
  }

  private func log(_ answers: [SnapshotEntry]) -> SnapshotEntry? {
    var log = SnapshotLog()
    for answer in answers { log.add(answer, at: "d/x") }
    return log.table().entries["d/x"]
  }

  /// Bare existence never takes the place of what was read, but of what was never asked for.
  @Test func aLaterAnswerReplacesALessDetailedOne() {
    #expect(log([.present, .attribute([1])]) == .attribute([1]))
    #expect(log([.attribute([1]), .present]) == .attribute([1]))
    #expect(log([.absent, .present]) == .absent)
    #expect(log([.attribute([1]), .attribute([2])]) == .attribute([2]))
    #expect(log([.failed(.notAsked), .present]) == .present)
    #expect(log([.present, .failed(.notAsked)]) == .present)
    #expect(log([.failed(.timedOut), .present]) == .failed(.timedOut))
    #expect(log([.attribute(Array("not-asked".utf8)), .present]) != .present)
  }

  @Test func aListedLinkThatIsAbsentIsDropped() {
    var log = SnapshotLog()
    log.add(.present, at: "d/listed")
    for name in ["listed", "other"] {
      log.addMissingLink(name.utf8Span.span, in: log.directory(at: "d/".utf8Span.span))
    }
    let entries = log.table().entries
    #expect(entries["d/listed"] == .failed(.vanished))
    #expect(entries["d/other"] == .absent)
  }

  /// A device that went while it was read.
  @Test func entriesBelowAnAbsentDirectoryAreDropped() throws {
    var table = SnapshotTable([
      "a": .absent, "a/b": .present, "a/b/c": .absent, "a/b/d/e": .link("x"), "a-": .present,
      "f": .attribute([]), "f/g": .failed(.timedOut), "h": .failed(.timedOut), "h/i": .present,
    ])
    table.dropContradictions()
    #expect(
      table.entries == [
        "a": .absent, "a/b/c": .absent, "a-": .present, "f": .attribute([]),
        "h": .failed(.timedOut), "h/i": .present,
      ])
    let store = SnapshotStore(table, unlisted: .absent)
    #expect(try store.names(in: .root) == ["a-", "f", "h"])
  }

  /// A file of names that are all different, and one of names that are all alike.
  @Test func manyTextsKeepTheirNumbers() {
    var table = TextTable()
    for round in 0..<2 {
      for number in 0..<5_000 {
        #expect(table.number(of: "\(number)".utf8Span.span) == number, "round \(round)")
      }
    }
    #expect(table.number(of: "".utf8Span.span) == 5_000)
    #expect(Array(table[4_999]) == Array("4999".utf8))
    #expect(table.precedes(10, 9))
    #expect(table.precedes(1, 10))
    #expect(!table.precedes(10, 10))
  }
}
