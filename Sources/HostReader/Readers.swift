import SystemCalls

/// By how many threads a host is read.
package struct Readers: Sendable {
  /// How many threads there are; `nil` is one for each processor.
  private let threads: Int?
  /// A shorter list is read by one thread: to start others takes as long as to read some of it.
  private let shortestList: Int
  /// How many entries a thread takes at a time: neighbours, since these share directories.
  let batch: Int

  /// As many as the machine has processors.
  package static let processors = Readers(threads: nil)
  /// One, for a host that is one of many.
  package static let one = Readers(threads: 1)

  /// No machine with more processors was measured.
  private static let most = 16

  init(threads: Int?, shortestList: Int = 256, batch: Int = 64) {
    self.threads = threads
    self.shortestList = shortestList
    self.batch = batch
  }

  /// How many threads read a list of so many entries.
  func count(for entries: Int) -> Int {
    guard threads != 1, entries >= shortestList else { return 1 }
    let batches = (entries + batch - 1) / batch
    return min(threads ?? min(Process.processorCount, Readers.most), batches)
  }
}
