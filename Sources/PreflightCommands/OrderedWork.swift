import Synchronization
import SystemCalls

/// Work on numbered items by several threads, its results delivered in the items' order.
///
/// A result that comes before its turn waits, and no more than `window` items are under way or
/// waiting, so the memory does not grow with the number of items. A class, because the threads
/// share it.
final class OrderedWork<Value: Sendable>: Sendable {
  private struct State {
    var taken = 0
    var delivered = 0
    /// Results that came before their turn.
    var waiting: [Int: Value] = [:]
    var isStopped = false
  }

  private let state = Mutex(State())
  private let count: Int
  private let body: @Sendable (Int) -> Value
  /// One for each item that may be taken.
  private let permits: Tokens
  /// One for each result that the consumer has not looked at.
  private let results: Tokens

  private init(
    count: Int, window: Int, body: @escaping @Sendable (Int) -> Value
  ) throws(Errno) {
    self.count = count
    self.body = body
    permits = try Tokens(window)
    results = try Tokens(0)
  }

  /// Works on the items `0..<count` and delivers what is ready, in order, on the calling thread.
  ///
  /// - Parameters:
  ///   - window: how many items may be under way or waiting for their turn; more than `workers`.
  ///   - deliver: takes the next results; `false` ends the work early.
  /// - Throws: what `deliver` throws, or why no thread could be started.
  static func run(
    count: Int, workers: Int, window: Int, body: @escaping @Sendable (Int) -> Value,
    deliver: ([Value]) throws -> Bool
  ) throws {
    let work = try OrderedWork(count: count, window: window, body: body)
    let threads = try work.start(workers)
    defer {
      work.stop()
      for thread in threads { thread.wait() }
    }
    var delivered = 0
    while delivered < count {
      work.results.take()
      let ready = work.ready()
      delivered += ready.count
      guard try deliver(ready) else { return }
      work.permits.give(ready.count)
    }
  }

  /// Fewer threads than wanted do the work as well.
  private func start(_ workers: Int) throws(Errno) -> [Thread] {
    var threads: [Thread] = []
    for _ in 0..<workers {
      do {
        threads.append(try Thread { self.work() })
      } catch {
        guard !threads.isEmpty else { throw error }
        break
      }
    }
    return threads
  }

  private func work() {
    while let item = next() {
      let value = body(item)
      state.withLock { $0.waiting[item] = value }
      results.give()
    }
  }

  private func next() -> Int? {
    permits.take()
    let item: Int? = state.withLock { state in
      guard !state.isStopped, state.taken < count else { return nil }
      defer { state.taken += 1 }
      return state.taken
    }
    // The next thread must see the end too.
    if item == nil { permits.give() }
    return item
  }

  /// The results whose turn it is.
  private func ready() -> [Value] {
    state.withLock { state in
      var ready: [Value] = []
      while let value = state.waiting.removeValue(forKey: state.delivered) {
        ready.append(value)
        state.delivered += 1
      }
      return ready
    }
  }

  private func stop() {
    state.withLock { $0.isStopped = true }
    permits.give()
  }
}
