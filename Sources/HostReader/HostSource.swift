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
  /// The same without the path, for a table that has a column of it.
  package let reason: String

  package init(_ description: String, reason: String? = nil) {
    self.description = description
    self.reason = reason ?? description
  }
}

extension HostSource {
  /// Reads the host once, as far as the answer to come needs it.
  package func read(
    needing facts: NeededFacts, by readers: Readers = .processors
  ) throws(SourceError) -> ObservedHost {
    switch self {
    case .live: return try LiveHost.read(needing: facts, by: readers, keepsRecord: false).host
    case .sysroot(let path): return try CapturedHost(at: path).host(needing: facts, by: readers)
    }
  }

  /// Reads all of the host once, and keeps every question with its answer.
  package func record() throws(SourceError) -> HostRecord {
    switch self {
    case .live: return try LiveHost.read(needing: .all, by: .processors, keepsRecord: true)
    case .sysroot(let path):
      switch try CapturedHost(at: path) {
      case .tree(let store): return store.recordedHost()
      case .capturedTree(let store): return store.recordedHost()
      case .snapshot(let store): return store.recordedHost()
      }
    }
  }
}

extension Store {
  /// Reads the host that this store shows.
  package func host(
    needing facts: NeededFacts, by readers: Readers = .processors
  ) -> ObservedHost {
    var inquiry = Inquiry(self, needing: facts, by: readers)
    return inquiry.host()
  }

  /// Reads all of the host and writes down what was asked.
  package func recordedHost() -> HostRecord {
    let recorder = RecordingStore(self)
    return HostRecord(host: recorder.host(needing: .all), log: recorder.log)
  }
}
