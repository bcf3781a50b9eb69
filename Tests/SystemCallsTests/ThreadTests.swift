import Synchronization
import TestSupport
import Testing

@testable import SystemCalls

/// A thread can have a table of descriptors that is not the process's.
struct ThreadTests {
  @Test func aThreadRunsAndIsWaitedFor() throws {
    for hasOwnDescriptors in [false, true] {
      let done = Flag()
      try Thread(hasOwnDescriptors: hasOwnDescriptors) { done.set() }.wait()
      #expect(done.isSet)
    }
  }

  /// What was open before is open in the thread, and what the thread closes stays open here.
  @Test func aDescriptorClosedInAThreadStaysOpenElsewhere() throws {
    let temporary = try TemporaryDirectory()
    try TreeFiles.writeFile(temporary.path + "/a", [])
    let directory = try Descriptor.directory(at: temporary.path)
    let number = directory.number
    let couldList = Flag()
    let thread = try Thread(hasOwnDescriptors: true) {
      if (try? DirectoryListing.names(in: number)) == ["a"] { couldList.set() }
      Descriptor.close(number)
    }
    thread.wait()
    #expect(couldList.isSet)
    #expect(try DirectoryListing.names(in: number) == ["a"])
  }
}

/// A flag that another thread sets; a class, because both threads have it.
private final class Flag: Sendable {
  private let value = Mutex(false)

  var isSet: Bool { value.withLock { $0 } }

  func set() { value.withLock { $0 = true } }
}
