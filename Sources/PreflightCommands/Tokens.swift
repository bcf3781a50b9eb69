import SystemCalls

/// Tokens that threads give and take: who finds none waits for one.
///
/// A pipe with one byte a token, because its descriptors are plain numbers that every thread may
/// hold; a semaphore of libc is a place in memory that none may move. A pipe takes 65536 tokens
/// before `give` waits too (pipe(7)). A class, because its end closes the pipe.
final class Tokens: Sendable {
  private let pipe: Descriptor.Pipe

  init(_ count: Int) throws(Errno) {
    pipe = try Descriptor.pipe()
    give(count)
  }

  /// No failure is possible while both ends are open.
  func give(_ count: Int = 1) {
    try? pipe.input.write(Array(repeating: 0, count: count))
  }

  func take() {
    var token: [UInt8] = [0]
    _ = try? pipe.output.read(into: &token)
  }
}
