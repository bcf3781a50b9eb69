/// How bad a finding is.
package enum Severity: String, CaseIterable, Sendable, Comparable {
  /// Worth knowing; nothing fails because of it.
  case info
  /// Something will fail or surprise later.
  case warning
  /// User space is refused.
  case error
  /// The kernel crashes, or isolation is not what it seems.
  case critical

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    case .critical: 3
    }
  }

  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
