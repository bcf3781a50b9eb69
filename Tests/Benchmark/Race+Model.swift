import HostModel
import TestSupport

/// What grows with the operations, or with the machines that run: each against an audit of the
/// same host, so that the figures show what comes on top of reading it.
extension Race {
  /// Every device of the host changes once: nothing may be kept for each of the earlier changes.
  static func everyDevice(binary: String, deviceCount: Int, runs: Int) throws -> Race {
    let host = ServerTree.host(deviceCount: deviceCount)
    let names = host.functions.prefix(deviceCount * 4 / 5).map(\.name)
    return try model(
      "an operation for each device", host, binary: binary, runs: runs,
      scripts: [
        "override": names.map { "override \($0) -" }, "unbind": names.map { "unbind \($0)" },
      ])
  }

  /// A long script on a small host.
  static func longScript(binary: String, runs: Int) throws -> Race {
    let host = ServerTree.host(deviceCount: 50)
    let rounds = OperationList.text(for: host).split(separator: "\n").map(String.init)
    let lines = (0..<100).flatMap { _ in rounds }
    return try model(
      "a long script", host, binary: binary, runs: runs, scripts: ["mixed": lines])
  }

  /// Each group that is on VFIO is held by a separate machine.
  static func machines(binary: String, count: Int, runs: Int) throws -> Race {
    var host = HostTree(
      kernel: "6.12.94+deb13-amd64", build: "#1 SMP PREEMPT_DYNAMIC Debian 6.12.94-1",
      iommu: .intel(units: 4))
    for number in 0..<count {
      let address = PCIAddress(
        domain: UInt32(number / 4096), bus: UInt8(number / 32 % 128), slot: UInt8(number % 32),
        function: 0)
      var function = PCIFunction(
        DeviceName(address), class: 0x020000, id: "8086:1592", driver: "vfio-pci")
      function.driverOverride = "vfio-pci"
      function.group = GroupNumber(UInt32(number))
      host.add(function)
    }
    let directory = try TemporaryDirectory()
    let idle = directory.path + "/idle.snapshot"
    let busy = directory.path + "/busy.snapshot"
    try TreeFiles.writeFile(idle, host.snapshot)
    host.processes = (0..<count).map {
      HostProcess(
        5000 + $0, "qemu-system-x86",
        files: [20: "/dev/vfio/\($0)", 21: "anon_inode:[vfio-device]", 22: "/dev/vfio/vfio"])
    }
    try TreeFiles.writeFile(busy, host.snapshot)
    return Race(
      title: "\(count) machines that run, on as many groups",
      contestants: [
        .preflight("audit", binary: binary, tree: busy).named("audit, all run"),
        .preflight("audit", binary: binary, tree: idle).named("audit, idle").asPeer,
      ], rounds: runs, directory: directory)
  }

  private static func model(
    _ title: String, _ host: HostTree, binary: String, runs: Int, scripts: [String: [String]]
  ) throws -> Race {
    let directory = try TemporaryDirectory()
    let capture = directory.path + "/host.snapshot"
    try TreeFiles.writeFile(capture, host.snapshot)
    var contestants: [Contestant] = []
    for (name, lines) in scripts.sorted(by: { $0.key < $1.key }) {
      let script = directory.path + "/" + name
      try TreeFiles.writeFile(script, Array((lines.joined(separator: "\n") + "\n").utf8))
      contestants.append(
        .predict(script, binary: binary, tree: capture)
          .named("predict, \(lines.count) operations, \(name)"))
    }
    contestants.append(.preflight("audit", binary: binary, tree: capture).named("audit").asPeer)
    return Race(
      title: "\(title), \(host.functions.count) devices", contestants: contestants, rounds: runs,
      directory: directory)
  }
}

extension Contestant {
  /// The same under another name: a path of a temporary directory says nothing.
  fileprivate func named(_ name: String) -> Contestant {
    Contestant(name: name, side: side, command: command, answers: answers)
  }

  /// The same as one to compare with.
  fileprivate var asPeer: Contestant {
    Contestant(name: name, side: .peer, command: command, answers: answers)
  }
}
