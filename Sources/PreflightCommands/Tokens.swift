import Glibc

/// Tokens that threads give and take: who finds none waits for one.
///
/// A pipe with one byte a token, because its descriptors are plain numbers that every thread may
/// hold; a semaphore of libc is a place in memory that none may move. A pipe takes 65536 tokens
/// before `give` waits too (pipe(7)). A class, because its end closes the pipe.
final class Tokens: Sendable {
  private let taking: Int32
  private let giving: Int32

  init(_ count: Int) throws(SystemCalls.Errno) {
    (taking, giving) = try SystemCalls.pipe()
    give(count)
  }

  deinit {
    _ = close(taking)
    _ = close(giving)
  }

  /// No failure is possible while both ends are open.
  func give(_ count: Int = 1) {
    try? SystemCalls.write(Array(repeating: 0, count: count), to: giving)
  }

  func take() {
    try? SystemCalls.readByte(from: taking)
  }
}
