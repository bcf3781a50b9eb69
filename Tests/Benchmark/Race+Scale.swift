import HostModel
import TestSupport

/// The same work on a host and on one that is many times as large.
extension Race {
  static func scale(
    _ programs: Programs, small: Int, factor: Int, runs: Int
  ) async throws -> Race {
    let directory = try TemporaryDirectory()
    var contestants: [Contestant] = []
    for count in [small, small * factor] {
      let tree = directory / "\(count)"
      try TreeFiles.makeDirectory(tree)
      try ServerTree.write(deviceCount: count, to: tree)
      let earlier = tree + ".earlier"
      let snapshot = tree + ".snapshot"
      try await writeEarlier(earlier, than: tree, binary: programs.binary)
      let binary = programs.binary
      contestants += [
        .snapshot(of: tree, into: snapshot, binary: binary).named(name("snapshot", count)),
        .preflight("audit", binary: binary, tree: tree).named(name("audit", count)),
        .preflight("list", binary: binary, tree: tree).named(name("list", count)),
        .diff(earlier, snapshot, binary: binary).named(name("diff", count)),
        .preflight("audit", binary: binary, tree: snapshot)
          .named(name("audit of the snapshot", count)),
        .floor(threads: 1, directory: programs.directory, tree: tree).named(name("C floor", count)),
      ]
    }
    let large = small * factor
    let linear = ["audit", "list", "snapshot", "diff"].map {
      Aim.linear(name($0, large), name($0, small), factor: factor)
    }
    let absolute: [Aim] = [
      .wall(name("snapshot", large), atMost: 6),
      .peak(name("snapshot", large), atMost: 200),
      .wall(name("audit of the snapshot", large), atMost: 4),
      .peak(name("audit of the snapshot", large), atMost: 300),
    ]
    return Race(
      title: "scale, \(small) and \(large) devices", contestants: contestants, rounds: runs,
      aims: large != 100_000 ? linear : absolute + linear, countsCalls: false,
      directory: directory)
  }

  private static func name(_ command: String, _ count: Int) -> String {
    "\(command), \(count)"
  }

  /// Writes a snapshot of the tree in which one of a hundred virtual functions had another driver.
  private static func writeEarlier(_ path: String, than tree: String, binary: String) async throws {
    _ = try await Program(path: binary).run(
      ["snapshot", "--sysroot", tree, "--output", path], timeout: .seconds(600))
    guard var snapshot = TreeFiles.readFile(path) else { return }
    let link = Array("/drivers/iavf\n".utf8)
    var found = 0
    for end in snapshot.indices where snapshot[end] == UInt8(ascii: "\n") {
      guard snapshot[...end].suffix(link.count).elementsEqual(link) else { continue }
      found += 1
      if found % 100 == 0 { snapshot[end - 1] = UInt8(ascii: "x") }
    }
    try TreeFiles.writeFile(path, snapshot)
  }
}
