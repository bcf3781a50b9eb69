import TestSupport

/// A directory of captures, good and bad, that the fleet tests audit.
struct SampleFleet {
  let directory: TemporaryDirectory

  var path: String { directory.path }

  init() throws {
    directory = try TemporaryDirectory()
  }

  func add(_ name: String, _ host: HostTree) throws {
    try TreeFiles.writeFile(path + "/" + name, host.snapshot)
  }

  func add(_ name: String, _ text: String) throws {
    try TreeFiles.writeFile(path + "/" + name, Array(text.utf8))
  }

  func addTree(_ name: String, _ host: HostTree) throws {
    try TreeFiles.makeDirectory(path + "/" + name)
    try host.write(to: path + "/" + name)
  }

  /// Runs `audit` on the whole directory.
  func audit(_ arguments: String..., environment: [String: String?] = [:]) async throws
    -> Program.Outcome
  {
    try await Sample.run(["audit", "--fleet", path] + arguments, environment: environment)
  }

  /// A ready host, one with a mixed group, and one without groups as a tree.
  static func ordinary() throws -> SampleFleet {
    let fleet = try SampleFleet()
    try fleet.add("a-ready.snapshot", Sample.ready)
    try fleet.add("b-mixed.snapshot", Sample.mixed)
    try fleet.addTree("c-without-groups", Sample.withoutGroups)
    return fleet
  }
}
