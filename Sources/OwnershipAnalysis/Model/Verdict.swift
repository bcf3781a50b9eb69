package import HostModel

/// What the kernel answers to an operation.
package enum Verdict: Sendable, Equatable {
  case accepted
  case refused(ErrorNumber)
  /// The call does not return until somebody lets go; the operation stays pending.
  case blocks
  /// The kernel stops with a BUG (up to 5.18): the host needs a reboot.
  case crashes
  /// What cannot be seen and decides; one line each.
  case undetermined([String])

  /// `accepted`, `refused`, `blocks`, `crashes` or `undetermined`.
  package var word: String {
    switch self {
    case .accepted: "accepted"
    case .refused: "refused"
    case .blocks: "blocks"
    case .crashes: "crashes"
    case .undetermined: "undetermined"
    }
  }

  package var errno: ErrorNumber? {
    if case .refused(let number) = self { number } else { nil }
  }
}
