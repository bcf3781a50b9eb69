/// Why the job cannot be done: one line for standard error, and exit status 3.
struct Failure: Error {
  let line: String

  init(_ line: String) {
    self.line = line
  }
}
