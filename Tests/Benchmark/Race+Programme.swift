import TestSupport

/// What is raced.
extension Race {
  /// Start-up, where the work is next to nothing.
  static func startUp(binary: String, runs: Int) throws -> Race {
    try Race(title: "start-up", deviceCount: 5, rounds: runs * 10) { tree in
      [
        .version(binary: binary),
        .preflight("audit", binary: binary, tree: tree),
        .preflight("list", binary: binary, tree: tree),
        .check("0000:01:00.2", binary: binary, tree: tree),
        .preflight("list", binary: binary, tree: nil),
        .lspci("-n", tree: tree),
        .lspci("-n", tree: nil),
      ]
    }
  }

  /// The commands on a tree of some size.
  static func commands(binary: String, deviceCount: Int, runs: Int) throws -> Race {
    try Race(title: "commands", deviceCount: deviceCount, rounds: runs) { tree in
      [
        .preflight("audit", binary: binary, tree: tree),
        .preflight("audit", "--json", binary: binary, tree: tree),
        .preflight("list", binary: binary, tree: tree),
        .predict(tree + Race.operations, binary: binary, tree: tree),
        .lspci("-nk", tree: tree),
        .lspci("-Dnnk", tree: tree),
        .driverctl(tree: tree),
      ]
    }
  }

  /// Where the operations for `predict` lie, beside the tree's `sys`.
  private static let operations = "/operations"

  private init(
    title: String, deviceCount: Int, rounds: Int, contestants: (String) -> [Contestant]
  ) throws {
    directory = try TemporaryDirectory()
    let host = ServerTree.host(deviceCount: deviceCount)
    try host.write(to: directory.path)
    try TreeFiles.writeFile(
      directory.path + Race.operations, Array(OperationList.text(for: host).utf8))
    self.contestants = contestants(directory.path)
    self.title = "\(title), \(deviceCount) devices"
    self.rounds = rounds
  }
}
