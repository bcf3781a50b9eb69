import ArgumentParser
import TestSupport

/// Holds the shipped binary to its peers and to its aims; builds nothing.
@main
struct Benchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure what vfio-preflight costs, by the clock or by counting.",
    subcommands: [Time.self, Count.self], defaultSubcommand: Time.self)
}

/// The program that is measured.
struct BinaryOption: ParsableArguments {
  @Option(help: "The binary to measure; .ci/build-release makes it.")
  var binary = ".build/release/vfio-preflight"

  func validate() throws {
    guard TreeFiles.readFile(binary) != nil else {
      throw ValidationError("no binary at \(binary); .ci/build-release makes it")
    }
  }
}
