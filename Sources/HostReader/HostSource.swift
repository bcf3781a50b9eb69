package import HostModel

/// What a command reads: this machine, or a capture of another.
package enum HostSource: Sendable {
  case live
  /// `--sysroot`: a directory with `sys`, a snapshot file, or `-` for standard input.
  case sysroot(String)
}

/// Why a source cannot be read at all.
package struct SourceError: Error, Sendable, CustomStringConvertible {
  /// One line: the path, what is the matter with it, the line number where there is one.
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}

extension HostSource {
  /// Reads the host once, whole.
  package func read() throws(SourceError) -> HostSnapshot {
    throw SourceError("written next")
  }

  /// Reads the host once and keeps every question with its answer, as a snapshot file.
  package func record() throws(SourceError) -> (host: HostSnapshot, file: [UInt8]) {
    throw SourceError("written next")
  }
}
