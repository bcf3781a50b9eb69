import Synchronization
import SystemCalls
import Testing

@testable import PreflightCommands

/// Work of several threads comes back in order, and never runs far ahead.
struct OrderedWorkTests {
  @Test(arguments: [1, 2, 7])
  func everyResultIsDeliveredOnceAndInOrder(workers: Int) throws {
    var delivered: [Int] = []
    try OrderedWork.run(count: 1000, workers: workers, window: 3 * workers) { item in
      // Later items of a handful are done first.
      for _ in 0..<(item % 5 == 0 ? 20_000 : 1) { _ = MonotonicClock.milliseconds }
      return item
    } deliver: { results in
      delivered += results
      return true
    }
    #expect(delivered == Array(0..<1000))
  }

  /// The bound on memory: what was begun and not yet delivered is no more than the window.
  @Test func theNumberOfItemsUnderWayIsBounded() throws {
    let window = 8
    let begun = Mutex(0)
    var delivered = 0
    var most = 0
    try OrderedWork.run(count: 2000, workers: 4, window: window) { item in
      begun.withLock { $0 += 1 }
      return item
    } deliver: { results in
      most = max(most, begun.withLock { $0 } - delivered)
      delivered += results.count
      return true
    }
    #expect(delivered == 2000)
    #expect(most > 0 && most <= window, "\(most) items were under way at once")
  }

  @Test func theWorkEndsWhenTheConsumerStops() throws {
    let begun = Mutex(0)
    var delivered = 0
    try OrderedWork.run(count: 1_000_000, workers: 2, window: 4) { _ in
      begun.withLock { $0 += 1 }
    } deliver: { results in
      delivered += results.count
      return delivered < 10
    }
    #expect(delivered >= 10)
    #expect(begun.withLock { $0 } <= delivered + 4)
  }

  @Test func aFailureOfTheConsumerEndsTheWork() {
    struct Full: Error {}
    #expect(throws: Full.self) {
      try OrderedWork.run(
        count: 1_000_000, workers: 2, window: 4, body: { $0 }, deliver: { _ in throw Full() })
    }
  }

  @Test func nothingIsDeliveredWithoutItems() throws {
    var deliveries = 0
    try OrderedWork.run(
      count: 0, workers: 2, window: 4, body: { $0 },
      deliver: { _ in
        deliveries += 1
        return true
      })
    #expect(deliveries == 0)
  }
}
