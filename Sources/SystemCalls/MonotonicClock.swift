import Glibc

/// The clock that is never set.
package enum MonotonicClock {
  package static var milliseconds: Int {
    var now = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
  }
}
