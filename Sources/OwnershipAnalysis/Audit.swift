package import HostModel

/// The judgement of a host: every group, every finding.
package struct Audit: Sendable {
  package let host: ObservedHost
  package let kernel: KernelIdentity
  package let behavior: KernelBehavior
  /// By number.
  package let groups: [GroupAssessment]
  /// Worst first, then by group, device and rule.
  package let findings: [Finding]
  /// Rules that an unread fact leaves open, in the order of the rules.
  package let questions: [OpenQuestion]
  /// What the host uses its devices for.
  package let use: UseIndex

  /// - Parameter use: the index of the same host, where there is one already.
  package init(
    host: ObservedHost, kernel: KernelIdentity, behavior: KernelBehavior,
    groups: [GroupAssessment], findings: [Finding], questions: [OpenQuestion] = [],
    use: UseIndex? = nil
  ) {
    self.host = host
    self.kernel = kernel
    self.behavior = behavior
    self.groups = groups
    self.findings = findings
    self.questions = questions
    self.use = use ?? UseIndex(host)
  }
}

/// Judges a host. Pure: the same snapshot and kernel give the same audit.
package enum Analyzer {
  /// - Parameter requestedKernel: rules of another kernel than the host's own (`--kernel`).
  package static func audit(_ host: ObservedHost, requestedKernel: KernelVersion? = nil) -> Audit {
    audit(host, by: requestedKernel.map(KernelRequest.version))
  }

  /// - Parameter request: rules of another kernel, or of a design that was not merged.
  package static func audit(_ host: ObservedHost, by request: KernelRequest?) -> Audit {
    let (identity, behavior) = KernelIdentity.resolve(host.kernel, requested: request)
    return audit(host, as: identity, behaving: behavior)
  }

  /// - Parameter identity: the kernel whose rules apply, which can be that of another host.
  static func audit(
    _ host: ObservedHost, as identity: KernelIdentity, behaving behavior: KernelBehavior
  ) -> Audit {
    let files = OpenFileIndex(host.vfio.openFiles)
    let groups = host.groups.map {
      GroupAssessment($0, host: host, files: files, behavior: behavior)
    }
    let context = AuditContext(host: host, kernel: identity, behavior: behavior, groups: groups)
    let findings = RuleCatalogue.all.flatMap { $0.findings(context) }
    return Audit(
      host: host, kernel: identity, behavior: behavior, groups: groups,
      findings: findings.sorted(by: Finding.isMoreUrgent),
      questions: RuleCatalogue.all.flatMap { $0.questions(context) }, use: context.use)
  }
}

/// What every rule may look at: the host, its kernel, and each group as already judged.
package struct AuditContext: Sendable {
  package let host: ObservedHost
  package let kernel: KernelIdentity
  package let behavior: KernelBehavior
  package let groups: [GroupAssessment]
  /// `nil` where what the host uses its devices for was not read.
  let use: UseIndex?
  private let positions: [GroupNumber: Int]

  package init(
    host: ObservedHost, kernel: KernelIdentity, behavior: KernelBehavior,
    groups: [GroupAssessment]
  ) {
    self.host = host
    self.kernel = kernel
    self.behavior = behavior
    self.groups = groups
    use = host.use.value == nil ? nil : UseIndex(host)
    positions = Dictionary(
      groups.enumerated().map { ($1.group.number, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether an IOMMU certainly made any group.
  var hasIsolatedGroup: Bool { host.hasIsolatedGroup == true }

  /// The judgement of this group.
  package func group(_ number: GroupNumber) -> GroupAssessment? {
    positions[number].map { groups[$0] }
  }
}
