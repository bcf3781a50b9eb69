import HostModel

extension KernelIdentity {
  /// Where a kernel lies beside those whose source was read.
  package enum Coverage: Sendable {
    case older
    case read
    case newer
  }

  /// `nil` when the version is not known. A series counts as read whole: a stable level keeps what
  /// its series does, except where a row of `KernelHistory` says otherwise.
  package var coverage: Coverage? {
    guard let series = version?.series else { return nil }
    if series < KernelHistory.oldestRead.series { return .older }
    return series > KernelHistory.newestRead.series ? .newer : .read
  }
}
