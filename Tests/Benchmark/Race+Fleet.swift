import TestSupport

/// Many captures at once, against the same on one processor and against a program a capture.
extension Race {
  /// Devices of each capture.
  private static let devices = 50

  static func fleet(_ programs: Programs, captureCount: Int, runs: Int) throws -> Race {
    let directory = try TemporaryDirectory()
    let snapshot = ServerTree.host(deviceCount: devices).snapshot
    for number in 0..<captureCount {
      try TreeFiles.writeFile("\(directory.path)/\(number).snapshot", snapshot)
    }
    let fleet = Contestant.fleet(binary: programs.binary, directory: directory.path)
    return Race(
      title: "fleet, \(captureCount) captures of \(devices) devices",
      contestants: [
        fleet,
        .fleetOnOneProcessor(binary: programs.binary, directory: directory.path),
        .programEach(binary: programs.binary, directory: directory.path),
      ], rounds: runs,
      aims: [.processor(fleet.name, each: "capture", of: captureCount, atMost: 1.2)],
      directory: directory)
  }
}

extension Contestant {
  fileprivate static func fleet(binary: String, directory: String) -> Contestant {
    Contestant(
      name: "vfio-preflight audit --fleet", side: .ours,
      command: [binary, "audit", "--fleet", directory], answers: 0...2)
  }

  fileprivate static func fleetOnOneProcessor(binary: String, directory: String) -> Contestant {
    Contestant(
      name: "the same on one processor", side: .peer,
      command: ["taskset", "-c", "0", binary, "audit", "--fleet", directory], answers: 0...2)
  }

  /// A shell's loop, one after the other.
  fileprivate static func programEach(binary: String, directory: String) -> Contestant {
    let script = #"for file in "$1"/*; do "$0" --quiet --sysroot "$file"; done; true"#
    return Contestant(
      name: "a program a capture", side: .peer, command: ["sh", "-c", script, binary, directory],
      answers: 0...0)
  }
}
