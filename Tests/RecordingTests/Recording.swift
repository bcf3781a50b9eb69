import HostModel
import HostReader
import OwnershipAnalysis
import TestSupport

/// What one kernel answered on one topology: a directory of `Fixtures/recordings`.
struct Recording: Sendable, CustomStringConvertible {
  /// `6.1-bookworm`.
  let kernel: String
  /// `bridge`.
  let topology: String
  let directory: String

  var description: String { "\(kernel)/\(topology)" }

  /// Where new recordings lie that are tried out:
  /// `VFIO_PREFLIGHT_RECORDINGS=DIRECTORY swift test --filter RecordingTests`.
  private static let otherRoot = TreeFiles.environment("VFIO_PREFLIGHT_RECORDINGS")

  static var areThePackages: Bool { otherRoot == nil }

  /// Every recording, by kernel and topology.
  static let all: [Recording] = {
    let root = otherRoot ?? Fixture.directory + "/recordings"
    return TreeFiles.names(in: root).flatMap { kernel in
      TreeFiles.names(in: "\(root)/\(kernel)").map { topology in
        Recording(
          kernel: kernel, topology: topology, directory: "\(root)/\(kernel)/\(topology)")
      }
    }
  }()

  /// A file that cannot be read, or a line that the host's snapshot does not have.
  struct Mistake: Error, CustomStringConvertible {
    let description: String
  }

  /// A file of steps: a program of operations that was run.
  struct Program: Sendable {
    /// Below `Fixtures/recordings`, for messages.
    let file: String
    let sequences: [RecordedSequence]
  }

  /// The entries of `host.snapshot`, captured before the first sequence.
  func host() throws -> SnapshotEntries {
    let path = directory + "/host.snapshot"
    guard let bytes = TreeFiles.readFile(path) else {
      throw Mistake(description: "\(description)/host.snapshot cannot be read")
    }
    return try SnapshotFile.parse(bytes)
  }

  func programs() throws -> [Program] {
    try TreeFiles.names(in: directory).filter { $0.hasSuffix(".steps") }.map { name in
      let file = "\(description)/\(name)"
      guard let text = TextFile.text(of: "\(directory)/\(name)") else {
        throw Mistake(description: "\(file) cannot be read")
      }
      return Program(file: file, sequences: try RecordingParser.parse(text, file: file))
    }
  }
}

extension RecordedSequence {
  /// What the host showed when the sequence began: its snapshot, less and more some lines.
  func capture(from host: SnapshotEntries) throws -> ObservedHost {
    var entries = host
    for (path, entry) in try Self.entries(removed) {
      guard entries[path] == entry else {
        throw Recording.Mistake(description: "\(name): host.snapshot has no such line for \(path)")
      }
      entries[path] = nil
    }
    for (path, entry) in try Self.entries(added) {
      guard entries[path] == nil else {
        throw Recording.Mistake(description: "\(name): two lines for \(path)")
      }
      entries[path] = entry
    }
    return SnapshotStore(entries: entries, unlisted: .notCaptured).host(needing: .all)
  }

  /// Lines of a snapshot, read as one.
  private static func entries(_ lines: [String]) throws -> SnapshotEntries {
    let text = ([SnapshotFile.header] + lines + [SnapshotFile.footer]).map { $0 + "\n" }.joined()
    return try SnapshotFile.parse(Array(text.utf8))
  }
}
