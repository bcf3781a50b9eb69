package import HostModel
import Synchronization

/// What the writer of a capture asked every host for, as far as the capture shows.
///
/// A capture holds an entry for each question, whatever the answer was. So a fact of which it has
/// no entry at all is one that its writer never asked for: it is of an earlier version, or whoever
/// edited it took the fact out. Where it has entries for other devices, one that is missing is a
/// damage. A class, because what it has seen is counted once, at the first entry that is missing.
final class CapturedFacts: Sendable {
  private struct Seen {
    /// Facts of which there is any entry.
    var asked: Set<HostPath> = []
    /// Facts of which there is an entry with more than existence.
    var answered: Set<HostPath> = []
  }

  private let seen = Mutex<Seen?>(nil)

  /// Whether the writer asked for the fact that belongs at this path.
  ///
  /// - Parameter isContent: whether its content is in question, and not existence alone.
  func include(_ path: HostPath, isContent: Bool, in entries: () -> SnapshotEntries) -> Bool {
    let fact = path.fact
    return seen.withLock { seen in
      let known = seen ?? CapturedFacts.count(entries())
      seen = known
      return (isContent ? known.answered : known.asked).contains(fact)
    }
  }

  private static func count(_ entries: SnapshotEntries) -> Seen {
    var seen = Seen()
    for (path, entry) in entries where !path.isOfRemark {
      let fact = path.fact
      switch entry {
      case .failed(.notAsked): continue
      case .present, .absent: break
      case .directory, .attribute, .link, .failed: seen.answered.insert(fact)
      }
      seen.asked.insert(fact)
    }
    return seen
  }
}

extension HostPath {
  /// The path with a star in place of every name that a host chooses: what entries of one kind
  /// have in common, `/sys/devices/*/numa_node`.
  package var fact: HostPath {
    let devices = "sys/devices/"
    if relative.utf8.starts(with: devices.utf8) {
      // `virtfn0`, `virtfn1`, … are one fact.
      let digits = name.utf8.reversed().prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      let stem = name.utf8.dropLast(digits.count)
      return "sys/devices/*" / (String(Substring(stem)) + (digits.isEmpty ? "" : "*"))
    }
    guard relative.utf8.starts(with: "sys/".utf8) else { return self }
    // No more than the stars need: a hostile path has thousands of components.
    var parts = relative.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 5).map {
      String(Substring($0))
    }
    func star(_ place: Int, ifBelow prefix: String...) {
      if parts.count > place, parts.starts(with: prefix) { parts[place] = "*" }
    }
    star(5, ifBelow: "sys", "kernel", "iommu_groups")
    if parts.count > 4 { star(3, ifBelow: "sys", "kernel", "iommu_groups") }
    star(4, ifBelow: "sys", "bus")
    // The bus itself is a fact.
    if parts.count > 3 { star(2, ifBelow: "sys", "bus") }
    star(3, ifBelow: "sys", "class")
    return .root / parts.joined(separator: "/")
  }
}
