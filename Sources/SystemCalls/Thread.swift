import CSystemCalls
import Glibc

/// A thread that was started and must be waited for.
///
/// A thread of libc and not one of Swift's tasks: their pool would be linked into every command and
/// cost each of them start-up time. The pointer that libc passes on is the one reference to the
/// body, which the thread takes over.
package struct Thread: Sendable {
  private let number: pthread_t

  /// What a thread runs; a class because libc passes it on as a pointer.
  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
      self.run = run
    }
  }

  /// Starts the thread.
  ///
  /// - Parameter hasOwnDescriptors: gives it a copy of the table of descriptors, so that threads
  ///   which open and close files do not wait for each other. What was open before is open in both;
  ///   what the thread opens is open in it alone, and must not outlive it.
  package init(
    hasOwnDescriptors: Bool = false, running run: @escaping @Sendable () -> Void
  ) throws(Errno) {
    var number = pthread_t()
    let body = unsafe Unmanaged.passRetained(
      Body {
        if hasOwnDescriptors { system_own_descriptors() }
        run()
      })
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
      throw Errno(code: error)
    }
    self.number = number
  }

  package func wait() {
    _ = pthread_join(number, nil)
  }
}
