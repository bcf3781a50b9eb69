import ArgumentParser
import Reporting
import TestSupport

/// Times the shipped binary and its peers on composed trees; builds nothing and judges nothing.
@main
struct Benchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Time vfio-preflight, lspci and driverctl on the same trees, in turn.",
    discussion: """
      The trees are made below TMPDIR, or /tmp, and removed at the end: some 30 files a device. \
      Each command runs once unmeasured; start-up is measured ten times as often as the rest.
      """)

  @Option(help: "The binary to time; .ci/build-release makes it.")
  var binary = ".build/release/vfio-preflight"

  @Option(help: "How often each command is timed.")
  var runs = 11

  @Option(help: "Devices of each tree, separated by commas.", transform: Benchmark.sizes)
  var sizes = [100, 1_000, 10_000]

  @Option(help: "Captures of the fleet; 0 times none.")
  var captures = 200

  @Option(
    help: "Machines that run in the model's races, which have ten devices each; 0 times none.")
  var model = 1_000

  @Option(help: "Seconds after which a peer is left out of a race.")
  var limit = 10

  @Option(
    help: ArgumentHelp(
      "Time nothing; write the tree of each size into this directory, for a profiler.",
      valueName: "directory"))
  var compose: String?

  @Flag(help: "Write JSON, with every run.")
  var json = false

  func validate() throws {
    guard runs > 0, limit > 0 else { throw ValidationError("--runs and --limit start at 1") }
    guard captures >= 0 else { throw ValidationError("--captures starts at 0") }
    guard compose != nil || TreeFiles.readFile(binary) != nil else {
      throw ValidationError("no binary at \(binary); .ci/build-release makes it")
    }
  }

  func run() async throws {
    if let compose { return try writeTrees(to: compose) }
    let stopwatch = try Stopwatch(limit: limit)
    var results: [RaceResult] = []
    func report(_ race: Race) async throws {
      let result = try await race.run(with: stopwatch)
      results.append(result)
      if !json { print("\n" + ResultText(result).text, terminator: "") }
    }
    if !json { print("\(Machine.current); / PEER: times as long as the peer, by the clock") }
    try await report(.startUp(binary: binary, runs: runs))
    for size in sizes {
      try await report(.commands(binary: binary, deviceCount: size, runs: runs))
    }
    if captures > 0 {
      try await report(.fleet(binary: binary, captureCount: captures, runs: runs))
    }
    if model > 0 {
      try await report(.everyDevice(binary: binary, deviceCount: model * 10, runs: runs))
      try await report(.longScript(binary: binary, runs: runs))
      try await report(.machines(binary: binary, count: model, runs: runs))
    }
    guard json else { return }
    print(JSONText(ResultJSON(results, machine: .current).value).text, terminator: "")
  }

  private func writeTrees(to directory: String) throws {
    for size in sizes {
      let tree = directory + "/\(size)"
      try TreeFiles.makeDirectory(tree)
      try ServerTree.host(deviceCount: size).write(to: tree)
    }
  }

  private static func sizes(_ text: String) throws -> [Int] {
    try text.split(separator: ",").map { field in
      guard let size = Int(field), size > 0 else {
        throw ValidationError("not a number of devices: '\(field)'")
      }
      return size
    }
  }
}
