/// A fixture: a captured or composed host under `Fixtures`.
package struct Fixture: Sendable, Hashable, CustomStringConvertible {
  /// What it shows, `gpu-audio-mixed-group`; the file's name without its ending.
  package let name: String
  /// What `--sysroot` takes: a snapshot file or a directory.
  package let path: String

  package var description: String { name }

  /// The package's own directory.
  package static let packageDirectory: String = {
    let levels = #filePath.split(separator: "/").dropLast(4)
    return "/" + levels.joined(separator: "/")
  }()

  package static let directory = packageDirectory + "/Fixtures"

  /// Whole machines, by name.
  package static let hosts = snapshots(in: "hosts")
  /// One firing and one silent host for each rule, by name.
  package static let rules = snapshots(in: "rules")
  /// Two hosts in use for each rule about what a host loses, by name.
  package static let uses = snapshots(in: "use")
  /// Captures as earlier versions wrote them, kept as they are, by name.
  package static let captures = TreeFiles.names(in: directory + "/captures").flatMap { version in
    snapshots(in: "captures/" + version)
  }
  /// Hosts rebuilt from public reports, by name.
  package static let reports = snapshots(in: "reports")
  /// Plain directory trees, by name.
  package static let trees = TreeFiles.names(in: directory + "/trees").map {
    Fixture(name: $0, path: directory + "/trees/" + $0)
  }

  /// Every fourth under the address sanitizer, which makes each take three times as long; else all.
  package static func sampledUnderSanitizer(_ fixtures: [Fixture]) -> [Fixture] {
    guard TreeFiles.environment("ASAN_OPTIONS") != nil else { return fixtures }
    return fixtures.enumerated().filter { $0.offset % 4 == 0 }.map(\.element)
  }

  /// The host of this name; a fixture that is not there is a test's own mistake.
  package static func host(_ name: String) -> Fixture { named(name, among: hosts) }
  package static func report(_ name: String) -> Fixture { named(name, among: reports) }
  package static func tree(_ name: String) -> Fixture { named(name, among: trees) }

  private static func named(_ name: String, among fixtures: [Fixture]) -> Fixture {
    guard let fixture = fixtures.first(where: { $0.name == name }) else {
      preconditionFailure("there is no fixture \(name)")
    }
    return fixture
  }

  package static let snapshotEnding = ".snapshot"

  private static func snapshots(in folder: String) -> [Fixture] {
    return TreeFiles.names(in: directory + "/" + folder).filter { $0.hasSuffix(snapshotEnding) }.map
    {
      Fixture(name: String($0.dropLast(snapshotEnding.count)), path: directory + "/\(folder)/" + $0)
    }
  }
}
