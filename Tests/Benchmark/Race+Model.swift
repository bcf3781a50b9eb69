import HostModel
import TestSupport

/// What grows with the operations, or with the machines that run: each beside an audit of the same
/// host, so that the figures show what comes on top of reading it.
extension Race {
  /// Every device of the host changes once: nothing may be kept for each of the earlier changes.
  static func everyDevice(_ programs: Programs, deviceCount: Int, runs: Int) throws -> Race {
    let host = ServerTree.host(deviceCount: deviceCount)
    let names = host.functions.prefix(deviceCount * 4 / 5).map(\.name)
    let overrides = OperationList.each(names) { "override \($0) -" }
    let unbinds = OperationList.each(names) { "unbind \($0)" }
    return try model(
      "an operation for each device, \(deviceCount) devices", host, programs, runs: runs,
      scripts: [
        Script(name: "override", operations: overrides, count: overrides.count),
        Script(name: "unbind", operations: unbinds, count: unbinds.count),
      ])
  }

  /// A long script on a small host.
  static func longScript(_ programs: Programs, count: Int, runs: Int) throws -> Race {
    let host = ServerTree.host(deviceCount: 50)
    return try model(
      "a long script, 50 devices", host, programs, runs: runs,
      scripts: [
        Script(name: "mixed", operations: .mixed(on: host), count: count)
      ])
  }

  /// The module of many devices is unloaded and loaded.
  static func reloads(_ programs: Programs, deviceCount: Int, runs: Int) throws -> Race {
    let host = ServerTree.host(deviceCount: deviceCount)
    let bound = host.functions.count { $0.driver == "iavf" }
    let script = Script(name: "reload", operations: .reloads(of: "iavf"), count: 1000)
    return try model(
      "a driver with \(bound) of \(deviceCount) devices, unloaded and loaded", host, programs,
      runs: runs, scripts: [script],
      aims: deviceCount != 10_000
        ? [] : [.wall(script.title, atMost: 0.5), .peak(script.title, atMost: 100)])
  }

  /// A member of a large group leaves its driver and comes back.
  static func rebinds(_ programs: Programs, memberCount: Int, runs: Int) throws -> Race {
    let host = SingleGroupTree.host(memberCount: memberCount)
    let script = Script(
      name: "rebind", operations: .rebinds(of: host.functions[0].name, to: "nvme"), count: 1000)
    return try model(
      "a group of \(memberCount)", host, programs, runs: runs, scripts: [script],
      aims: memberCount != 5_000 ? [] : [.wall(script.title, atMost: 0.3)])
  }

  /// Each group that is on VFIO is held by a separate machine.
  static func machines(_ programs: Programs, count: Int, runs: Int) throws -> Race {
    let directory = try TemporaryDirectory()
    let idle = directory.path + "/idle.snapshot"
    let busy = directory.path + "/busy.snapshot"
    try TreeFiles.writeFile(idle, MachinesTree.host(count: count, isBusy: false).snapshot)
    try TreeFiles.writeFile(busy, MachinesTree.host(count: count, isBusy: true).snapshot)
    return Race(
      title: "\(count) machines that run, on as many groups",
      contestants: [
        .preflight("audit", binary: programs.binary, tree: busy).named("audit, all run"),
        .preflight("audit", binary: programs.binary, tree: idle).named("audit, idle").asPeer,
      ], rounds: runs,
      aims: count != 1000 ? [] : [.wall("audit, all run", over: "audit, idle", atMost: 1.2)],
      directory: directory)
  }

  /// Operations that are predicted, under a name for the table.
  private struct Script {
    let name: String
    let operations: OperationList
    let count: Int

    var title: String { "vfio-preflight predict, \(count) operations, \(name)" }
  }

  /// Of a tree, as a user has it: the processors read it together.
  private static func model(
    _ title: String, _ host: HostTree, _ programs: Programs, runs: Int, scripts: [Script],
    aims: [Aim] = []
  ) throws -> Race {
    let directory = try TemporaryDirectory()
    try host.write(to: directory.path)
    var contestants: [Contestant] = []
    for script in scripts {
      let path = directory / script.name
      try TreeFiles.writeFile(path, script.operations.text(count: script.count))
      contestants.append(
        .predict(path, named: "", binary: programs.binary, tree: directory.path)
          .named(script.title))
    }
    contestants.append(
      .preflight("audit", binary: programs.binary, tree: directory.path).named("audit").asPeer)
    return Race(
      title: title, contestants: contestants, rounds: runs, aims: aims, directory: directory)
  }
}
