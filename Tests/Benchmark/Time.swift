import ArgumentParser
import Reporting
import TestSupport

/// Times the binary and its peers on composed trees.
struct Time: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Time vfio-preflight, its peers and a floor in C on the same trees, in turn.",
    discussion: """
      The trees are made below TMPDIR, or /tmp, and removed at the end: some 35 files a device. \
      Each command runs once unmeasured; start-up is measured ten times as often as the rest. \
      The aims are set for 10,000 and 100,000 devices, 1,000 machines and groups of 5,000.
      """)

  @OptionGroup var program: BinaryOption

  @Option(help: "How often each command is timed.")
  var runs = 11

  @Option(help: "Devices of each tree, separated by commas.", transform: Time.sizes)
  var sizes = [100, 1_000, 10_000]

  @Option(help: "Captures of the fleet; 0 times none.")
  var captures = 200

  @Option(
    help: """
      Machines that run in the model's races; the other counts there are multiples of it. 0 times \
      none of them.
      """)
  var model = 1_000

  @Option(help: "How many times as large as that number the largest tree is; 0 times none.")
  var scale = 100

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
    guard captures >= 0, model >= 0, scale >= 0, scale != 1 else {
      throw ValidationError("--captures, --model and --scale start at 0, and 1 is not a scale")
    }
  }

  func run() async throws {
    if let compose { return try writeTrees(to: compose) }
    let directory = try Stopwatch.ownDirectory()
    let stopwatch = Stopwatch(limit: limit, directory: directory)
    let programs = Programs(binary: program.binary, directory: directory)
    var results: [RaceResult] = []
    func report(_ race: Race) async throws {
      let result = try await race.run(with: stopwatch)
      results.append(result)
      if !json { print("\n" + ResultText(result).text, terminator: "") }
    }
    if !json { print("\(Machine.current); / PEER: times as long as the peer, by the clock") }
    try await report(.startUp(programs, runs: runs))
    for size in sizes {
      try await report(.commands(programs, deviceCount: size, runs: runs))
    }
    if let largest = sizes.max() {
      try await report(.plainHost(programs, deviceCount: largest, runs: runs))
    }
    if captures > 0 {
      try await report(.fleet(programs, captureCount: captures, runs: runs))
    }
    if model > 0 {
      try await report(.everyDevice(programs, deviceCount: model * 10, runs: runs))
      try await report(.longScript(programs, count: model * 100, runs: runs))
      try await report(.reloads(programs, deviceCount: model * 10, runs: runs))
      try await report(.rebinds(programs, memberCount: model * 5, runs: runs))
      try await report(.machines(programs, count: model, runs: runs))
    }
    if model > 0, scale > 0 {
      try await report(.scale(programs, small: model, factor: scale, runs: runs))
    }
    if json { print(JSONText(ResultJSON(results, machine: .current).value).text, terminator: "") }
    if results.contains(where: \.isBroken) { throw ExitCode.failure }
  }

  private func writeTrees(to directory: String) throws {
    for size in sizes {
      let tree = directory + "/\(size)"
      try TreeFiles.makeDirectory(tree)
      try ServerTree.write(deviceCount: size, to: tree)
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
