package import HostModel

/// Judges a host. Pure: the same snapshot and kernel give the same audit.
package enum Analyzer {
  /// - Parameter requestedKernel: rules of another kernel than the host's own (`--kernel`).
  package static func audit(_ host: HostSnapshot, requestedKernel: KernelVersion? = nil) -> Audit {
    audit(host, by: requestedKernel.map(KernelRequest.version))
  }

  /// - Parameter request: rules of another kernel, or of a design that was not merged.
  package static func audit(_ host: HostSnapshot, by request: KernelRequest?) -> Audit {
    let (identity, behavior) = KernelIdentity.resolve(host.kernel, requested: request)
    return audit(host, as: identity, behaving: behavior)
  }

  /// - Parameter identity: the kernel whose rules apply, which can be that of another host.
  static func audit(
    _ host: HostSnapshot, as identity: KernelIdentity, behaving behavior: KernelBehavior
  ) -> Audit {
    let files = OpenFileIndex(host.vfio.openFiles)
    let groups = host.groups.map {
      GroupAssessment($0, host: host, files: files, behavior: behavior)
    }
    let context = AuditContext(host: host, kernel: identity, behavior: behavior, groups: groups)
    let findings = RuleCatalogue.all.flatMap { $0.findings(context) }
    return Audit(
      host: host, kernel: identity, behavior: behavior, groups: groups,
      findings: findings.sorted(by: Finding.isMoreUrgent))
  }
}
