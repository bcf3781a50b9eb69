import SystemCalls

/// The signals with which a user ends a program, held back while something half-written is on disk.
///
/// They take effect at the end of this value's life. Whoever writes asks in between whether one has
/// come, and then clears up. Nothing else runs in this process meanwhile.
struct HeldSignals: ~Copyable {
  private let former: Signals.Mask

  init() {
    former = Signals.hold()
  }

  deinit { Signals.restore(former) }

  /// Fails when one has come.
  borrowing func check() throws(Errno) {
    guard !Signals.hasPending else { throw Errno.interrupted }
  }
}
