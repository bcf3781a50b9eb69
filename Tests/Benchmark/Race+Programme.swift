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
        .lspci("-nk", tree: tree),
        .lspci("-Dnnk", tree: tree),
        .driverctl(tree: tree),
      ]
    }
  }

  private init(
    title: String, deviceCount: Int, rounds: Int, contestants: (String) -> [Contestant]
  ) throws {
    directory = try TemporaryDirectory()
    try ServerTree.host(deviceCount: deviceCount).write(to: directory.path)
    self.contestants = contestants(directory.path)
    self.title = "\(title), \(deviceCount) devices"
    self.rounds = rounds
  }
}
