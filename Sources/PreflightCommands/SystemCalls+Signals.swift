import Glibc

/// The signals with which a user ends a program.
///
/// Every `unsafe` here holds because the pointer is of a value of the caller's and lives only as
/// long as the call.
extension SystemCalls {
  struct SignalMask {
    fileprivate var set = sigset_t()
  }

  private static let ending = [SIGINT, SIGTERM, SIGHUP]

  /// Holds them back, and returns what was held before.
  static func holdSignals() -> SignalMask {
    var held = SignalMask()
    unsafe sigemptyset(&held.set)
    // One that is ignored would come all the same once it is held: nohup stays nohup.
    for number in ending where !isIgnored(number) { unsafe sigaddset(&held.set, number) }
    var former = SignalMask()
    unsafe pthread_sigmask(SIG_BLOCK, &held.set, &former.set)
    return former
  }

  static func restoreSignals(_ mask: SignalMask) {
    var mask = mask
    unsafe pthread_sigmask(SIG_SETMASK, &mask.set, nil)
  }

  /// Whether one has come meanwhile.
  static var hasHeldSignal: Bool {
    var pending = sigset_t()
    unsafe sigpending(&pending)
    return ending.contains { unsafe sigismember(&pending, $0) == 1 }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    unsafe sigaction(number, nil, &action)
    // SIG_IGN is the address 1, which no handler has.
    return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}
