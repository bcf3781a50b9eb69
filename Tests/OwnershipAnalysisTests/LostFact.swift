import HostModel
import HostReader
import TestSupport
import Testing

/// A kind of fact that is taken out of a capture, for laws about what is missing.
struct LostFact {
  let fact: HostPath
  let loss: Loss

  enum Loss: String, CaseIterable {
    /// As in a capture of an earlier version.
    case notAsked
    /// As on a host that does not answer.
    case unread
  }

  /// All hosts and the firing host of each rule, but for the largest.
  static let fixtures = Fixture.sampledUnderSanitizer(
    Fixture.hosts.filter { $0.name != "server-462-groups" && $0.name != "epyc-server-81-groups" }
      + Fixture.rules.filter { $0.name.hasSuffix(".firing") })

  static func entries(of fixture: Fixture) throws -> SnapshotEntries {
    try SnapshotFile.parse(try #require(TreeFiles.readFile(fixture.path)))
  }

  /// Each kind of fact that the entries hold, lost in each way.
  ///
  /// Not the files of other processes: an ordinary user does not see them, and is not asked to.
  static func all(of entries: SnapshotEntries) -> [LostFact] {
    let facts = Set(entries.keys.filter { !isOfProcess($0) }.map(\.fact)).sorted()
    return facts.flatMap { fact in Loss.allCases.map { LostFact(fact: fact, loss: $0) } }
  }

  private static func isOfProcess(_ path: HostPath) -> Bool {
    path.relative.hasPrefix("proc/")
      && path.components.dropFirst().first?.first.map { $0.isNumber || $0 == "*" } == true
  }

  /// The host that is left.
  func host(of entries: SnapshotEntries, needing facts: NeededFacts) -> ObservedHost {
    SnapshotStore(entries: reduced(entries), unlisted: .notCaptured).host(needing: facts)
  }

  private func reduced(_ entries: SnapshotEntries) -> SnapshotEntries {
    switch loss {
    case .notAsked:
      // What a listing names is there, and was then not read.
      entries.reduce(into: entries) { entries, entry in
        guard entry.key.fact == fact else { return }
        let isListed = entry.key.parent.map { entries[$0] == .directory } ?? false
        entries[entry.key] = isListed && entry.value != .absent ? .present : nil
      }
    case .unread:
      entries.reduce(into: entries) { entries, entry in
        if entry.key.fact == fact { entries[entry.key] = .failed(.refused(.inputOutput)) }
      }
    }
  }
}

extension LostFact: CustomStringConvertible {
  var description: String { "\(fact) (\(loss))" }
}
