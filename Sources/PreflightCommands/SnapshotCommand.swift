import ArgumentParser
import HostModel
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

  @Flag(help: "Write nothing; list what would be written, to review it before it is sent.")
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

/// What a snapshot holds, for people: a line for each answer with its content, and a sum.
struct SnapshotListing {
  private let entries: SnapshotEntries

  init(_ entries: SnapshotEntries) {
    self.entries = entries
  }

  var text: String {
    var lines = entries.sorted { $0.key < $1.key }.map { SnapshotListing.line($1, at: $0) }
    lines += ["", summary]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ entry: SnapshotEntry, at path: HostPath) -> String {
    switch entry {
    case .directory: "listed     \(path)"
    case .attribute(let bytes): "file       \(path) = \(content(bytes))"
    case .link(let target): "link       \(path) -> \(PrintableText.escape(target))"
    case .present: "there      \(path)"
    case .absent: "not there  \(path)"
    case .failed(let failure): "no answer  \(path): \(PrintableText.escape("\(failure)"))"
    }
  }

  private static func content(_ bytes: [UInt8]) -> String {
    let isLine = bytes.last == UInt8(ascii: "\n")
    return bytes.isEmpty
      ? "(empty)" : PrintableText.escape(bytes: isLine ? bytes.dropLast() : bytes)
  }

  private var summary: String {
    let counts: [(of: String, isCounted: (SnapshotEntry) -> Bool)] = [
      ("listed", { $0 == .directory }),
      ("files", { if case .attribute = $0 { true } else { false } }),
      ("links", { if case .link = $0 { true } else { false } }),
      ("there and not read", { $0 == .present }),
      ("not there", { $0 == .absent }),
      ("without an answer", { if case .failed = $0 { true } else { false } }),
    ]
    let parts = counts.map { count in "\(entries.values.count(where: count.isCounted)) \(count.of)"
    }
    return "\(entries.count) answers: \(parts.joined(separator: ", "))"
  }
}
