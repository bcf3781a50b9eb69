import HostModel
import TestSupport

/// What is raced.
extension Race {
  /// Start-up, where the work is next to nothing.
  static func startUp(_ programs: Programs, runs: Int) throws -> Race {
    let binary = programs.binary
    let directory = try TemporaryDirectory()
    let tree = directory.path
    try ServerTree.host(deviceCount: 5).write(to: tree)
    return Race(
      title: "start-up, 5 devices",
      contestants: [
        .version(binary: binary),
        .preflight("audit", binary: binary, tree: tree),
        .preflight("list", binary: binary, tree: tree),
        .check("0000:01:00.2", binary: binary, tree: tree),
        .preflight("list", binary: binary, tree: nil),
        .lspci("-n", tree: tree),
        .lspci("-n", tree: nil),
      ], rounds: runs * 10,
      aims: [
        .wall("vfio-preflight audit", over: "lspci -n", atMost: 1.4),
        .wall("vfio-preflight --version", over: "lspci -n", atMost: 0.95),
      ], directory: directory)
  }

  /// The commands on the benchmark's server; 10,000 devices are what the aims are set for.
  static func commands(_ programs: Programs, deviceCount: Int, runs: Int) throws -> Race {
    let directory = try TemporaryDirectory()
    let tree = directory.path
    let host = ServerTree.host(deviceCount: deviceCount)
    try host.write(to: tree)
    let operations = OperationList.mixed(on: host)
    try TreeFiles.writeFile(directory / "operation", operations.text(count: 1))
    try TreeFiles.writeFile(directory / "operations", operations.text(count: 1000))
    let binary = programs.binary
    let one = Contestant.predict(
      directory / "operation", named: "1 operation", binary: binary, tree: tree)
    let thousand = Contestant.predict(
      directory / "operations", named: "1000 operations", binary: binary, tree: tree)
    return Race(
      title: "commands, \(deviceCount) devices",
      contestants: [
        .preflight("audit", binary: binary, tree: tree),
        .preflight("audit", "--json", binary: binary, tree: tree),
        .preflight("list", binary: binary, tree: tree),
        one, thousand,
        .lspci("-nk", tree: tree),
        .lspci("-Dnnk", tree: tree),
        .floor(threads: 1, directory: programs.directory, tree: tree),
        .floor(threads: 2, directory: programs.directory, tree: tree),
        .driverctl(tree: tree),
      ], rounds: runs,
      aims: deviceCount != 10_000
        ? []
        : [
          .wall("vfio-preflight audit", over: "lspci -nk", atMost: 0.8),
          .processor("vfio-preflight audit", over: "C floor", atMost: 1.3),
          .wall(thousand.name, above: one.name, atMost: 0.02),
        ], directory: directory)
  }

  /// An audit of a host on which nothing is given to user space.
  static func plainHost(_ programs: Programs, deviceCount: Int, runs: Int) throws -> Race {
    let directory = try TemporaryDirectory()
    let tree = directory.path
    try PlainTree.host(deviceCount: deviceCount).write(to: tree)
    return Race(
      title: "plain host, \(deviceCount) devices",
      contestants: [
        .preflight("audit", binary: programs.binary, tree: tree),
        .lspci("-nk", tree: tree),
        .floor(threads: 1, directory: programs.directory, tree: tree),
        .floor(threads: 2, directory: programs.directory, tree: tree),
      ], rounds: runs,
      aims: deviceCount != 10_000
        ? []
        : [
          .wall("vfio-preflight audit", over: "lspci -nk", atMost: 0.6),
          .processor("vfio-preflight audit", over: "C floor", atMost: 1.3),
        ], directory: directory)
  }
}

/// The programs that a race starts.
struct Programs: Sendable {
  /// The program under test.
  let binary: String
  /// Where Measure and Floor are.
  let directory: String
}
