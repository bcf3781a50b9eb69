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
    let snapshot = try Failure.ofSource { () throws(SourceError) in
      try host.source.record().answers()
    }
    if show {
      try SnapshotListing(snapshot).write(to: output)
      return .fine
    }
    switch destination {
    case .standardOutput:
      try SnapshotFile.write(snapshot) { _ = try output.offer(String(decoding: $0, as: UTF8.self)) }
    case .file(let file): try file.write(snapshot)
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
  private let snapshot: SnapshotTable

  /// The answers of each kind, in the order of the sum.
  private struct Counts {
    var listed = 0
    var files = 0
    var links = 0
    var present = 0
    var absent = 0
    var failed = 0

    mutating func add(_ entry: SnapshotEntry) {
      switch entry {
      case .directory: listed += 1
      case .attribute: files += 1
      case .link: links += 1
      case .present: present += 1
      case .absent: absent += 1
      case .failed: failed += 1
      }
    }

    var sum: Int { listed + files + links + present + absent + failed }

    var text: String {
      "\(sum) answers: \(listed) listed, \(files) files, \(links) links, \(present) there and not read, "
        + "\(absent) not there, \(failed) without an answer"
    }
  }

  init(_ snapshot: SnapshotTable) {
    self.snapshot = snapshot
  }

  /// Writes the lines, many at a time.
  func write(to output: Output) throws {
    var counts = Counts()
    var lines = ""
    try snapshot.forEachEntry { path, entry in
      counts.add(entry)
      lines += SnapshotListing.line(entry, at: path) + "\n"
      guard lines.utf8.count >= 256 << 10 else { return }
      _ = try output.offer(lines)
      lines = ""
    }
    _ = try output.offer("\(lines)\n\(counts.text)\n")
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
}
