import ArgumentParser
import TestSupport

/// Counts what fixed runs cost, and compares it with the figures that are kept.
struct Count: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Count the instructions and system calls of fixed runs; fail where they rose.",
    discussion: """
      Counts do not depend on what else the machine does. Instructions are compared if the same \
      version of Swift made the figures, for the same architecture.
      """)

  @OptionGroup var program: BinaryOption

  @Option(help: "The file with the figures.")
  var file = ".ci/counts"

  @Flag(help: "Write what was counted into the file.")
  var renew = false

  func run() async throws {
    let now: Counts
    do {
      now = try await Counts.measured(binary: program.binary)
    } catch let skipped as Skipped {
      print("counts are not compared: \(skipped.reason)")
      if renew { throw ExitCode.failure }
      return
    }
    if renew { return try TreeFiles.writeFile(file, Array(now.fileText.utf8)) }
    guard let text = TextFile.text(of: file) else {
      throw ValidationError("no file \(file); --renew makes it")
    }
    guard let kept = Counts(fileText: text) else {
      throw ValidationError("\(file) is not as --renew writes it")
    }
    let comparison = CountComparison(now, against: kept)
    print(comparison.text, terminator: "")
    if !comparison.failures.isEmpty { throw ExitCode.failure }
  }
}
