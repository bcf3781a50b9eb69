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
  /// Reads the host once, as far as the answer to come can depend on it.
  package func read(_ depth: ReadDepth = .audit) throws(SourceError) -> ObservedHost {
    switch self {
    case .live: return try LiveHost.read(depth, keepsRecord: false).host
    case .sysroot(let path): return try CapturedHost(at: path).host(depth)
    }
  }

  /// Reads the host once, for predictions too, and keeps every question with its answer.
  package func record() throws(SourceError) -> HostRecord {
    switch self {
    case .live: return try LiveHost.read(.prediction, keepsRecord: true)
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
  package func host(_ depth: ReadDepth = .audit) -> ObservedHost {
    var inquiry = Inquiry(self)
    return inquiry.host(depth)
  }

  /// Reads the host for predictions and writes down all that was asked.
  package func recordedHost() -> HostRecord {
    let recorder = RecordingStore(self)
    return HostRecord(host: recorder.host(.prediction), log: recorder.log)
  }
}

/// How much of a host is read: what costs time is read only where an answer can depend on it.
package enum ReadDepth: Sendable {
  /// All that a judgement of the host as it is rests on.
  case audit
  /// The modules' id tables too, which show what a driver would match: some 10 ms more.
  case prediction
}
