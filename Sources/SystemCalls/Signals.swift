import Glibc

/// The signals with which a user ends a program.
package enum Signals {
  package struct Mask: Sendable {
    fileprivate var set = sigset_t()
  }

  private static let ending = [SIGINT, SIGTERM, SIGHUP]

  /// Holds them back, and returns what was held before.
  package static func hold() -> Mask {
    var held = Mask()
    unsafe sigemptyset(&held.set)
    // One that is ignored would come all the same once it is held: nohup stays nohup.
    for number in ending where !isIgnored(number) { unsafe sigaddset(&held.set, number) }
    var former = Mask()
    unsafe pthread_sigmask(SIG_BLOCK, &held.set, &former.set)
    return former
  }

  package static func restore(_ mask: Mask) {
    var mask = mask
    unsafe pthread_sigmask(SIG_SETMASK, &mask.set, nil)
  }

  /// Whether one has come meanwhile.
  package static var hasPending: Bool {
    var pending = sigset_t()
    unsafe sigpending(&pending)
    return ending.contains { unsafe sigismember(&pending, $0) == 1 }
  }

  /// A closed pipe and a file that may not grow are errors of write(2), no reason to be killed.
  package static func ignoreThoseOfWriting() {
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    unsafe sigaction(number, nil, &action)
    // SIG_IGN is the address 1, which no handler has.
    return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}
