import TestSupport

/// A document for users: the README or a page of the manual.
struct ManualDocument: Sendable, CustomStringConvertible {
  /// Its path in the package.
  let name: String

  private let markup: ManualMarkup

  static let readme = ManualDocument("README.md")
  static let program = ManualDocument("man/vfio-preflight.8")
  static let json = ManualDocument("man/vfio-preflight-json.5")
  static let snapshot = ManualDocument("man/vfio-preflight-snapshot.5")
  static let rules = ManualDocument("man/vfio-preflight-rules.7")

  static let all: [ManualDocument] = [.readme, .program, .json, .snapshot, .rules]

  private init(_ name: String) {
    self.name = name
    markup = name.hasSuffix(".md") ? .markdown : .mdoc
  }

  var description: String { name }
  var path: String { "\(Fixture.packageDirectory)/\(name)" }
  var lines: [String] { TextFile.lines(of: path).map(String.init) }

  /// The document with the output of every example as the program prints it now.
  func withExamplesRerun() async throws -> String {
    var lines = lines
    // From the end, so that the places of the earlier ones stay.
    for place in exampleRanges(lines).reversed() {
      let example = ManualExample(lines[place].map { markup.shown($0) })
      lines.replaceSubrange(place, with: try await example.rerun().map { markup.source($0) })
    }
    return lines.joined(separator: "\n")
  }

  /// The commands of the examples that are run.
  var commands: [String] {
    let lines = lines
    return exampleRanges(lines).flatMap { place in
      ManualExample(lines[place].map { markup.shown($0) }).steps.map(\.command)
    }
  }

  private func exampleRanges(_ lines: [String]) -> [Range<Int>] {
    lines.indices.compactMap { opening in
      let start = opening + 1
      guard lines[opening] == markup.opening, start < lines.count, lines[start].hasPrefix("$ "),
        opening == 0 || !lines[opening - 1].hasPrefix(markup.exemption)
      else { return nil }
      let end = lines[start...].firstIndex(of: markup.closing) ?? lines.count
      return start..<end
    }
  }

  /// The lines of a section or subsection of a page, from its title to the next.
  func section(_ title: String) -> [String] {
    let lines = lines
    guard let heading = lines.firstIndex(where: { $0 == ".Sh \(title)" || $0 == ".Ss \(title)" })
    else { return [] }
    let isSection = lines[heading].hasPrefix(".Sh")
    return Array(
      lines[(heading + 1)...].prefix { line in
        !line.hasPrefix(".Sh ") && (isSection || !line.hasPrefix(".Ss "))
      })
  }

  /// The commands that the section of this name lists, in its order.
  var subcommands: [String] {
    section("COMMANDS").filter { $0.hasPrefix(".Ss ") && !$0.hasSuffix(" options") }
      .map { String($0.dropFirst(4)) }
  }
}
