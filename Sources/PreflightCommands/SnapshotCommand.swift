import ArgumentParser
import HostReader
import Reporting

/// `snapshot`: one text file that every command accepts in place of a host.
struct SnapshotCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "Write a host, or a captured tree, as one text file for --sysroot.")

  @OptionGroup var capture: CaptureOption

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"),
    completion: .file())
  var output: String

  @Flag(help: "Replace the file if it exists.")
  var force = false

  func outcome() throws -> Outcome {
    let file = output == "-" ? nil : NewFile(output, replaces: force)
    try file?.check()
    let bytes = try recorded()
    guard let file else { return Outcome(String(decoding: bytes, as: UTF8.self)) }
    try file.write(bytes)
    return Outcome("")
  }

  private func recorded() throws -> [UInt8] {
    do {
      return try capture.source.record().file
    } catch {
      throw Failure(error.description)
    }
  }
}
