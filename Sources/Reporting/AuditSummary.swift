import HostModel
package import OwnershipAnalysis

/// The last line of an audit, and its numbers.
package struct AuditSummary {
  private let audit: Audit

  package init(_ audit: Audit) {
    self.audit = audit
  }

  package func count(_ severity: Severity) -> Int {
    audit.findings.count { $0.severity == severity }
  }

  var text: String {
    let given = audit.groups.count(where: \.use.isForUserSpace)
    let refused = audit.groups.count { $0.use.isForUserSpace && !$0.viability.obstacles.isEmpty }
    let groups = audit.groups.isEmpty ? "no groups" : counted(audit.groups.count, "group")
    let use = given == 0 ? "" : ", \(given) given to user space, \(refused) of these not viable"
    return "\(groups)\(use); \(findings); \(kernel)\n"
  }

  private var findings: String {
    guard !audit.findings.isEmpty else { return "no findings" }
    let words: [(Severity, String, String)] = [
      (.critical, "critical", "critical"), (.error, "error", "errors"),
      (.warning, "warning", "warnings"), (.info, "info", "infos"),
    ]
    return words.filter { count($0.0) > 0 }
      .map { counted(count($0.0), $0.1, plural: $0.2) }
      .joined(separator: ", ")
  }

  /// Which kernel's rules were applied.
  private var kernel: String {
    guard let version = audit.kernel.version else { return "kernel unknown" }
    let origin = audit.kernel.source == .requested ? " as requested" : ""
    return "kernel \(version)\(origin) (\(AuditSummary.word(audit.kernel.regime)))"
  }

  /// Who refuses, and when.
  static func word(_ regime: KernelIdentity.Regime) -> String {
    switch regime {
    case .viabilityAtOpen: "viability at open"
    case .dmaOwnership: "DMA ownership"
    case .unknown: "regime unknown"
    }
  }
}
