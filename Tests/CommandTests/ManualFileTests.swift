import TestSupport
import Testing

/// The page lists every file that is read: what a snapshot holds is what was asked.
@Suite struct ManualFileTests {
  private static let documented: [String] = ManualDocument.program.section("FILES")
    .filter { $0.hasPrefix(".It Pa ") }
    .flatMap { $0.dropFirst(7).split(separator: " ").filter { $0 != "," } }
    .map { ManualMarkup.mdoc.shown($0) }

  private static func asked() async throws -> Set<String> {
    var asked: Set<String> = []
    for host in Fixture.hosts + Fixture.rules + Fixture.uses + Fixture.trees {
      let snapshot = try await Sample.run("snapshot", "--output", "-", "--sysroot", host.path)
      for line in snapshot.output.split(separator: "\n").dropFirst().dropLast() {
        asked.insert(String(line.prefix { $0 != " " }))
      }
    }
    return asked
  }

  @Test func filesListsExactlyWhatIsRead() async throws {
    let asked = try await ManualFileTests.asked()
    #expect(asked.count > 100)
    let patterns = ManualFileTests.documented.map(PathPattern.init)
    let undocumented = asked.filter { path in
      !patterns.contains { $0.covers(path) || $0.isBelow(path) }
    }
    #expect(undocumented.sorted() == [], "read, but not in the manual")
    // No fixture has a member on a bus that is not walked, an open device on 6.18, or a `/lib`
    // that is a directory; none is a live host. A snapshot holds `vendor`, `device` and `class`
    // instead of `modalias`.
    let unmet = [
      "DEVICE/subsystem", "DEVICE/modalias", "/sys/kernel/uevent_seqnum", "/proc/*/fdinfo",
      "/lib/modules/*/modules.builtin.modinfo",
    ]
    let unread = ManualFileTests.documented.filter { pattern in
      !asked.contains { PathPattern(pattern).covers($0) }
    }
    #expect(unread == unmet, "in the manual, but not read")
  }
}

/// A path of the page: `*` stands for a part of a name, `DEVICE` for any directory of a device.
private struct PathPattern {
  private let components: [Substring]
  private let isOfDevice: Bool

  init(_ text: String) {
    isOfDevice = text.hasPrefix("DEVICE/")
    components = text.split(separator: "/").filter { $0 != "DEVICE" }
  }

  /// Whether the page lists the path or a directory above it.
  func covers(_ path: String) -> Bool {
    let path = path.split(separator: "/")
    guard isOfDevice else { return path.count >= components.count && agrees(path[...]) }
    guard path.starts(with: ["sys", "devices"]) else { return false }
    return path.indices.contains { path.count - $0 >= components.count && agrees(path[$0...]) }
  }

  /// Whether the path is a directory above one that the page lists.
  func isBelow(_ path: String) -> Bool {
    let path = path.split(separator: "/")
    return !isOfDevice && path.count < components.count && agrees(path[...])
  }

  private func agrees(_ path: ArraySlice<Substring>) -> Bool {
    zip(components, path).allSatisfy { pattern, name in
      guard let star = pattern.firstIndex(of: "*") else { return pattern == name }
      return name.hasPrefix(pattern[..<star]) && name.hasSuffix(pattern[star...].dropFirst())
    }
  }
}
