import ArgumentParser
import HostReader
import OwnershipAnalysis
import Reporting

/// `snapshot`: a host as one text file, or a tree, that every command accepts in its place.
struct SnapshotCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "Write a host, or a captured tree, as one text file or a tree for --sysroot.")

  @OptionGroup var host: HostOption

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file to write, or with a / at its end the directory; - is standard output.",
      valueName: "file"),
    completion: .file())
  var output = "-"

  @Flag(help: "Replace the file or captured tree if it exists.")
  var force = false

  @Flag(help: "Write nothing; list what would be written, line by line, to read before it is sent.")
  var show = false

  func validate() throws {
    guard !show || output == "-" else {
      throw ValidationError("--show writes no file: leave out --output")
    }
  }

  var style: OutputStyle { .plain }

  func answer(into output: Output) throws -> Conclusion {
    let destination = SnapshotDestination(self.output, replaces: force)
    try destination.check()
    let snapshot = try Failure.ofSource { () throws(SourceError) in try host.source.record() }
    guard !show else {
      try output.write(SnapshotListing(snapshot.entries).text)
      return .fine
    }
    switch destination {
    case .standardOutput: try output.write(String(decoding: snapshot.file, as: UTF8.self))
    case .file(let file): try file.write(snapshot.file)
    case .tree(let tree): try tree.write(SnapshotTree.plain(snapshot.entries))
    }
    return .fine
  }
}

/// Where a snapshot goes: `-`, a file, or with a slash at its end a directory.
private enum SnapshotDestination {
  case standardOutput
  case file(NewFile)
  case tree(NewTree)

  init(_ output: String, replaces: Bool) {
    if output == "-" {
      self = .standardOutput
    } else if output.hasSuffix("/") {
      self = .tree(NewTree(output, replaces: replaces))
    } else {
      self = .file(NewFile(output, replaces: replaces))
    }
  }

  /// Refuses what must not be replaced, before work is spent on the content.
  func check() throws(Failure) {
    switch self {
    case .standardOutput: break
    case .file(let file): try file.check()
    case .tree(let tree): try tree.check()
    }
  }
}
