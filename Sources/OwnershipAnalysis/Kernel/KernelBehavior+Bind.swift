package import HostModel

extension KernelBehavior {
  /// What the writer of `bind` sees when the driver's probe answers `errno`; `nil` where that was
  /// not read: the probe's own errno from 5.14, ENODEV up to 5.12 (kernel-rules §1.2 F1, §4.1;
  /// bus.c:bind_store).
  package func bindErrno(ofFailedProbe errno: ErrorNumber) -> ErrorNumber? {
    switch presence(of: .bindReturnsProbeError) {
    case .yes: errno
    case .no: .noSuchDevice
    case .unread: errno == .noSuchDevice ? errno : nil
    }
  }

  /// The same for a message: `EINVAL`, or `ENODEV up to 5.12, EINVAL from 5.14`.
  package func bindErrnoText(ofFailedProbe errno: ErrorNumber) -> String {
    bindErrno(ofFailedProbe: errno)?.description ?? "ENODEV up to 5.12, \(errno) from 5.14"
  }
}
