import HostModel
import TestSupport

/// A run of the program whose costs are counted, not timed: the same on every machine.
struct FixedRun: Sendable {
  let name: String
  /// What a count is divided by.
  let unit: Unit
  let arguments: [String]

  enum Unit: Sendable {
    /// The count is the whole run's, start-up included.
    case run
    /// The count is that of so many things more than in another run: what start-up costs drops out.
    case each(count: Int, more: [String])
  }

  static func whole(_ name: String, _ arguments: String...) -> FixedRun {
    FixedRun(name: name, unit: .run, arguments: arguments)
  }

  /// - Parameter arguments: of the run with so many things.
  static func each(
    _ name: String, from few: Int, to many: Int, _ arguments: (Int) -> [String]
  ) -> FixedRun {
    FixedRun(
      name: name, unit: .each(count: many - few, more: arguments(many)), arguments: arguments(few))
  }
}

extension FixedRun {
  /// All of them, on what `writeInputs` writes.
  static let all: [FixedRun] = [
    .whole("--version", "--version"),
    .whole("audit, 5 devices", "audit", "-s", "server-5"),
    .whole("audit, 1000 devices", "audit", "-s", "server-1000"),
    .each("audit, a device", from: 5, to: 105) { ["audit", "-s", "server-\($0)"] },
    .each("audit, a plain device", from: 5, to: 105) { ["audit", "-s", "plain-\($0)"] },
    .each("audit --json, a device", from: 5, to: 105) {
      ["audit", "--json", "-s", "server-\($0)"]
    },
    .each("list, a device", from: 5, to: 105) { ["list", "-s", "server-\($0)"] },
    .each("snapshot, a device", from: 5, to: 105) { ["snapshot", "-s", "server-\($0)"] },
    .each("audit of a snapshot, a device", from: 5, to: 105) {
      ["audit", "-s", "server-\($0).snapshot"]
    },
    .each("diff, a device", from: 5, to: 105) {
      ["diff", "server-\($0).snapshot", "server-\($0).later"]
    },
    .each("audit, a machine that runs", from: 5, to: 105) {
      ["audit", "-s", "machines-\($0).snapshot"]
    },
    .each("fleet, a capture of 50 devices", from: 2, to: 12) {
      ["audit", "--fleet", "fleet-\($0)"]
    },
    .each("predict, an operation", from: 8, to: 408) { predict("mixed-\($0)", on: "server-105") },
    .each("predict, 52 devices rebound by a module", from: 2, to: 22) {
      predict("reload-\($0)", on: "plain-105")
    },
    .each("predict, a bind in a group of 100", from: 2, to: 32) {
      predict("rebind-\($0)", on: "group-100.snapshot")
    },
  ]

  private static func predict(_ script: String, on host: String) -> [String] {
    ["predict", "--file", script, "-s", host]
  }

  /// Writes the hosts and the operations into a directory, under the names that the runs know.
  static func writeInputs(to directory: String) throws {
    for count in [5, 105, 1000] {
      try writeTree(ServerTree.host(deviceCount: count), to: "\(directory)/server-\(count)")
    }
    for count in [5, 105] {
      let host = ServerTree.host(deviceCount: count)
      var later = host
      for index in later.functions.indices where later.functions[index].driver == "iavf" {
        later.functions[index].driver = nil
      }
      try writeTree(PlainTree.host(deviceCount: count), to: "\(directory)/plain-\(count)")
      try TreeFiles.writeFile("\(directory)/server-\(count).snapshot", host.snapshot)
      try TreeFiles.writeFile("\(directory)/server-\(count).later", later.snapshot)
      try TreeFiles.writeFile(
        "\(directory)/machines-\(count).snapshot",
        MachinesTree.host(count: count, isBusy: true).snapshot)
    }
    let capture = ServerTree.host(deviceCount: 50).snapshot
    for count in [2, 12] {
      try TreeFiles.makeDirectory("\(directory)/fleet-\(count)")
      for number in 0..<count {
        try TreeFiles.writeFile("\(directory)/fleet-\(count)/\(number).snapshot", capture)
      }
    }
    try writeOperations(to: directory)
  }

  private static func writeOperations(to directory: String) throws {
    let group = SingleGroupTree.host(memberCount: 100)
    try TreeFiles.writeFile("\(directory)/group-100.snapshot", group.snapshot)
    let scripts: [(name: String, operations: OperationList, counts: [Int])] = [
      ("mixed", .mixed(on: ServerTree.host(deviceCount: 105)), [8, 408]),
      ("reload", .reloads(of: "nvme"), [2, 22]),
      ("rebind", .rebinds(of: group.functions[0].name, to: "nvme"), [2, 32]),
    ]
    for script in scripts {
      for count in script.counts {
        try TreeFiles.writeFile(
          "\(directory)/\(script.name)-\(count)", script.operations.text(count: count))
      }
    }
  }

  private static func writeTree(_ host: HostTree, to directory: String) throws {
    try TreeFiles.makeDirectory(directory)
    try host.write(to: directory)
  }
}
