import HostModel
import Synchronization
import SystemCalls

extension Inquiry {
  /// Reads what each entry of a list leads to; a long list by several threads, where the store
  /// has other readers.
  ///
  /// The outcome is that of one thread: answers and problems come in the order of the list.
  mutating func each<Entry: Sendable, Answer: Sendable>(
    of entries: [Entry], _ read: @escaping @Sendable (inout Inquiry, Entry) -> Answer?
  ) -> [Answer] {
    let count = readers.count(for: entries.count)
    guard count > 1, let makeReader = store.anotherReader else {
      return entries.compactMap { read(&self, $0) }
    }
    let facts = facts
    let batches = Batches<Source, Entry, Answer>(of: entries, size: readers.batch) {
      store, entries in
      var inquiry = Inquiry(store, needing: facts, by: .one)
      let answers = entries.compactMap { read(&inquiry, $0) }
      return BatchOutcome(
        answers: answers, problems: inquiry.problems, notAsked: inquiry.notAsked)
    }
    var threads: [Thread] = []
    // Where no other thread starts or can read, this one does all.
    while threads.count < count - 1,
      let thread = try? Thread(
        hasOwnDescriptors: true,
        running: {
          if let reader = makeReader() { batches.read(by: reader) }
        })
    {
      threads.append(thread)
    }
    batches.read(by: store)
    for thread in threads { thread.wait() }
    var answers: [Answer] = []
    answers.reserveCapacity(entries.count)
    for outcome in batches.outcomes {
      answers += outcome.answers
      add(outcome.problems, notAsked: outcome.notAsked)
    }
    return answers
  }
}

/// What came of a batch.
private struct BatchOutcome<Answer: Sendable>: Sendable {
  let answers: [Answer]
  let problems: [ReadProblem]
  let notAsked: Set<HostPath>
}

/// A list in batches, which each thread takes as soon as it has done the last one.
///
/// A class, because the threads share it.
private final class Batches<Source: Store, Entry: Sendable, Answer: Sendable>: Sendable {
  private struct State {
    /// The first entry that no thread has taken.
    var next = 0
    /// By the first entry of each batch.
    var outcomes: [Int: BatchOutcome<Answer>] = [:]
  }

  private let state = Mutex(State())
  private let entries: [Entry]
  private let size: Int
  private let body: @Sendable (Source, ArraySlice<Entry>) -> BatchOutcome<Answer>

  init(
    of entries: [Entry], size: Int,
    body: @escaping @Sendable (Source, ArraySlice<Entry>) -> BatchOutcome<Answer>
  ) {
    self.entries = entries
    self.size = size
    self.body = body
  }

  /// Reads one batch after the other until all are taken.
  func read(by store: Source) {
    while let batch = take() {
      let outcome = body(store, entries[batch])
      state.withLock { $0.outcomes[batch.lowerBound] = outcome }
    }
  }

  private func take() -> Range<Int>? {
    state.withLock { state in
      guard state.next < entries.count else { return nil }
      let batch = state.next..<min(state.next + size, entries.count)
      state.next = batch.upperBound
      return batch
    }
  }

  /// What came of all batches, in the order of the list.
  var outcomes: [BatchOutcome<Answer>] {
    state.withLock { $0.outcomes }.sorted { $0.key < $1.key }.map(\.value)
  }
}
