import Glibc

/// The calls of libc that threads need.
///
/// Threads of libc and not Swift's tasks: their pool would be linked into every command and cost
/// each of them start-up time. Every `unsafe` here holds because a pointer lives only as long as
/// the call, or is the one reference that a thread takes over.
extension SystemCalls {
  /// A thread that was started and must be waited for.
  struct Thread: Sendable {
    fileprivate let number: pthread_t
  }

  /// What a thread runs; a class because libc passes it on as a pointer.
  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
      self.run = run
    }
  }

  static func startThread(_ run: @escaping @Sendable () -> Void) throws(Errno) -> Thread {
    var number = pthread_t()
    let body = unsafe Unmanaged.passRetained(Body(run))
    let error = unsafe pthread_create(
      &number, nil,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        unsafe Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
        return nil
      }, body.toOpaque())
    guard error == 0 else {
      // No thread took it over.
      unsafe body.release()
      throw Errno(number: error)
    }
    return Thread(number: number)
  }

  static func wait(for thread: Thread) {
    _ = pthread_join(thread.number, nil)
  }

  /// How many processors the machine has switched on.
  static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Both ends of a new pipe, the one to read from first.
  static func pipe() throws(Errno) -> (Int32, Int32) {
    var ends: [Int32] = [0, 0]
    guard unsafe Glibc.pipe(&ends) == 0 else { throw Errno.last }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  static func readByte(from descriptor: Int32) throws(Errno) {
    var byte: UInt8 = 0
    while unsafe read(descriptor, &byte, 1) < 0 {
      guard errno == EINTR else { throw Errno.last }
    }
  }

  /// Milliseconds of a clock that never goes back.
  static var milliseconds: Int {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
  }
}
