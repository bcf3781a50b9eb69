import HostReader

/// Why the job cannot be done: one line for standard error, and exit status 3.
struct Failure: Error {
  let line: String

  init(_ line: String) {
    self.line = line
  }

  /// Turns what is wrong with a source into the failure to read it.
  static func ofSource<Answer>(
    _ read: () throws(SourceError) -> Answer
  ) throws(Failure) -> Answer {
    do {
      return try read()
    } catch {
      throw Failure(error.description)
    }
  }
}
