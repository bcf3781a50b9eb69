import TestSupport
import Testing

/// The rulebook is the specification of every verdict: what cites it must find the section there.
@Suite("The rulebook")
struct RulebookTests {
  private static let book = Rulebook(
    TextFile.text(of: path(of: "Sources/OwnershipAnalysis/kernel-rules.md")) ?? "")

  /// Every file that may cite it, with its text.
  private static let citing: [(path: String, text: String)] =
    ["Sources", "Tests", "man", "README.md"].flatMap { texts(at: $0) }

  private static func path(of name: String) -> String { Fixture.packageDirectory + "/" + name }

  private static func texts(at path: String) -> [(path: String, text: String)] {
    let place = self.path(of: path)
    if let text = TextFile.text(of: place) { return [(path, text)] }
    return TreeFiles.names(in: place).flatMap { texts(at: path + "/" + $0) }
  }

  @Test("all sections are there, in order")
  func sections() {
    let numbers = Self.book.sections.compactMap { Int($0) }
    #expect(numbers == Array(0...17))
  }

  @Test("every section that is cited exists")
  func citations() {
    var count = 0
    for (path, text) in Self.citing {
      for found in text.matches(of: /§(\d+(?:\.\d+)*)/) {
        count += 1
        #expect(Self.book.has(found.1), "\(path) cites §\(found.1)")
      }
    }
    #expect(count > 400)
  }

  @Test("every row, case and feature that is cited exists in its section")
  func items() {
    var count = 0
    for (path, text) in Self.citing {
      for found in text.matches(
        of: /§(\d+(?:\.\d+)?) (?:rows?|cases?) (\d+)(?:(?:-| and | to )(\d+))?/)
      {
        for item in [found.2, found.3 ?? found.2] {
          count += 1
          #expect(Self.book.has(item, in: found.1), "\(path) cites §\(found.1) row or case \(item)")
        }
      }
      for found in text.matches(of: /§1\.2 (F\d+)/) {
        count += 1
        #expect(Self.book.has(found.1, in: "1.2"), "\(path) cites §1.2 \(found.1)")
      }
    }
    #expect(count > 80)
  }
}

/// The sections of the rulebook, and the numbers of their rows and list entries.
private struct Rulebook {
  /// In the order of the text: `1`, `1.1`, `1.2`.
  private(set) var sections: [Substring] = []
  private var items: [Substring: Set<Substring>] = [:]

  init(_ text: String) {
    for line in text.split(separator: "\n") {
      if let heading = line.prefixMatch(of: /##+ §(\d+(?:\.\d+)?)\s/) {
        sections.append(heading.1)
      } else if let section = sections.last,
        let item = line.prefixMatch(of: /(?:\| (F?\d+) \||(\d+)\.\s)/)
      {
        items[section, default: []].insert(item.1 ?? item.2 ?? "")
      }
    }
  }

  /// Whether there is such a section, or such an entry of a section: `13.9` is the ninth of §13.
  func has(_ number: Substring) -> Bool {
    if sections.contains(number) { return true }
    guard let dot = number.lastIndex(of: ".") else { return false }
    return has(number[number.index(after: dot)...], in: number[..<dot])
  }

  func has(_ item: Substring, in section: Substring) -> Bool {
    items[section]?.contains(item) ?? false
  }
}
